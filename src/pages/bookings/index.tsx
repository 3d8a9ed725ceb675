/** The tab of bookings. */
import { BookingsScreen } from '@/features/bookings/bookings-screen'

export default function BookingsPage() {
  return <BookingsScreen />
}
