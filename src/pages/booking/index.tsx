/** One booking from start to finish. */
import { useRouter } from '@tarojs/taro'
import { BookingScreen } from '@/features/booking/booking-screen'

export default function BookingPage() {
  const { params } = useRouter()
  return <BookingScreen bookingId={params['bookingId'] ?? ''} />
}
