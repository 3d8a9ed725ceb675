/** The courier's day. */
import { CourierTodayScreen } from '@/features/courier/today-screen'

export default function CourierTodayPage() {
  return <CourierTodayScreen />
}
