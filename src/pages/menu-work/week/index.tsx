/** A provider's week. */
import { WeekScreen } from '@/features/menu-work/week-screen'

export default function WeekPage() {
  return <WeekScreen />
}
