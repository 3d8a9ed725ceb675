/** Who has to be told. */
import { useRouter } from '@tarojs/taro'
import { DutyScreen } from '@/features/notice-work/duty-screen'

export default function NoticeWorkDutyPage() {
  const { params } = useRouter()
  return <DutyScreen what={params['what'] === 'visit' || params['what'] === 'help' ? params['what'] : 'call'} noticeId={params['noticeId'] ?? null} />
}
