/** Who may act for me. */
import { OfMeScreen } from '@/features/delegation/of-me-screen'

export default function OfMePage() {
  return <OfMeScreen />
}
