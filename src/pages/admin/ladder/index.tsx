/** Who is asked in turn when somebody may be in danger, and who is on duty. */
import { LadderScreen } from '@/features/admin/ladder-screen'

export default function LadderPage() {
  return <LadderScreen />
}
