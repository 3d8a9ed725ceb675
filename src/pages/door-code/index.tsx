/** The rotating code for the door. */
import { useRouter } from '@tarojs/taro'
import { DoorCodeScreen } from '@/features/booking/door-code-screen'

export default function DoorCodePage() {
  const { params } = useRouter()
  return <DoorCodeScreen bookingId={params['bookingId'] ?? ''} isMeal={params['kind'] === 'meal'} />
}
