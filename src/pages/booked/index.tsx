/** It is booked, and what comes next. */
import { useRouter } from '@tarojs/taro'
import { BookedScreen } from '@/features/booking/booked-screen'

export default function BookedPage() {
  const { params } = useRouter()
  return <BookedScreen bookingId={params['bookingId'] ?? ''} isMeal={params['kind'] === 'meal'} />
}
