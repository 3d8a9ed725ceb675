/** One order, and who could take it. */
import { useRouter } from '@tarojs/taro'
import { HandOnScreen } from '@/features/menu-work/hand-on-screen'

export default function HandOnPage() {
  const { params } = useRouter()
  return <HandOnScreen bookingId={params['bookingId'] ?? ''} />
}
