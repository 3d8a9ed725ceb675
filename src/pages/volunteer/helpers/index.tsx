/** Who comes to help me, my elders, or under my lead. */
import { ShiftsScreen } from '@/features/volunteer/shifts-screen'

export default function HelpersPage() {
  return <ShiftsScreen isForMe />
}
