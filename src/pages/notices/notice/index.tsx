/** One notice, for one person. */
import { useRouter } from '@tarojs/taro'
import { NoticeScreen } from '@/features/notices/notice-screen'
import { NoticePart } from '@/features/taking-part/notice-part'

export default function NoticesNoticePage() {
  const { params } = useRouter()
  const about = { noticeId: params['noticeId'] ?? '', elderId: params['elderId'] ?? '' }
  return <NoticeScreen {...about} carried={(part) => <NoticePart part={part} {...about} />} />
}
