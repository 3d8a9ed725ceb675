/** One notice of the past. */
import { useRouter } from '@tarojs/taro'
import { PastScreen } from '@/features/notices/past-screen'

export default function NoticesPastPage() {
  const { params } = useRouter()
  return <PastScreen noticeId={params['noticeId'] ?? ''} />
}
