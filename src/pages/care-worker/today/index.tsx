/** The care worker's day. */
import { CareTodayScreen } from '@/features/care-work/today-screen'

export default function CareTodayPage() {
  return <CareTodayScreen />
}
