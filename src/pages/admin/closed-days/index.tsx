/** Days on which nothing can be booked. */
import { ClosedDaysScreen } from '@/features/admin/closed-days-screen'

export default function ClosedDaysPage() {
  return <ClosedDaysScreen />
}
