/** One notice, and how far it has reached. */
import { useRouter } from '@tarojs/taro'
import { WorkScreen } from '@/features/notice-work/work-screen'

export default function NoticeWorkWorkPage() {
  const { params } = useRouter()
  return <WorkScreen noticeId={params['noticeId'] ?? ''} />
}
