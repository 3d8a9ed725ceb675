/** What a notice carries besides its words. */
import { useRouter } from '@tarojs/taro'
import { PartScreen } from '@/features/notice-work/part-screen'

export default function NoticeWorkPartPage() {
  const { params } = useRouter()
  return <PartScreen noticeId={params['noticeId'] ?? ''} />
}
