/** The kitchen's day. */
import { KitchenTodayScreen } from '@/features/kitchen/today-screen'

export default function KitchenTodayPage() {
  return <KitchenTodayScreen />
}
