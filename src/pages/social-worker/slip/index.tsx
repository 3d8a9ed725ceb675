/** A slip of one booking to be handed over. */
import { useRouter } from '@tarojs/taro'
import { BookingSlipScreen } from '@/features/people/booking-slip-screen'

export default function SlipPage() {
  const { params } = useRouter()
  return <BookingSlipScreen bookingId={params['bookingId'] ?? ''} />
}
