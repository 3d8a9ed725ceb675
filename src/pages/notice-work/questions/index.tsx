/** Questions under notices, to be answered. */
import { useRouter } from '@tarojs/taro'
import { AskedScreen } from '@/features/notice-work/asked-screen'

export default function NoticeWorkQuestionsPage() {
  const { params } = useRouter()
  return <AskedScreen noticeId={params['noticeId'] ?? null} />
}
