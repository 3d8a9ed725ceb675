/** A visit at another time. */
import { useRouter } from '@tarojs/taro'
import { MoveScreen } from '@/features/booking/move-screen'

export default function MovePage() {
  const { params } = useRouter()
  return <MoveScreen bookingId={params['bookingId'] ?? ''} />
}
