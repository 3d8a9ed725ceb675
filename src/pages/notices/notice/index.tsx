/** One notice, for one person. */
import { useRouter } from '@tarojs/taro'
import { NoticeScreen } from '@/features/notices/notice-screen'

export default function NoticesNoticePage() {
  const { params } = useRouter()
  return <NoticeScreen noticeId={params['noticeId'] ?? ''} elderId={params['elderId'] ?? ''} />
}
