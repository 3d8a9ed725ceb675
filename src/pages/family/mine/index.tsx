/** Whom I act for. */
import { MineScreen } from '@/features/delegation/mine-screen'

export default function FamilyPage() {
  return <MineScreen />
}
