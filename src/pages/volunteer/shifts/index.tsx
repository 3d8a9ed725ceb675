/** All shifts of a volunteer. */
import { ShiftsScreen } from '@/features/volunteer/shifts-screen'

export default function ShiftsPage() {
  return <ShiftsScreen />
}
