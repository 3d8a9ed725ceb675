/** A notice is written. */
import { useRouter } from '@tarojs/taro'
import { WriteScreen } from '@/features/notice-work/write-screen'

export default function NoticeWorkWritePage() {
  const { params } = useRouter()
  return <WriteScreen noticeId={params['noticeId'] ?? null} />
}
