/** Whether every law holds now. */
import { LawsScreen } from '@/features/admin/laws-screen'

export default function LawsPage() {
  return <LawsScreen />
}
