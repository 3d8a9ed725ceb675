/** Becoming a volunteer, or changing what one can do. */
import { JoinScreen } from '@/features/volunteer/join-screen'

export default function JoinPage() {
  return <JoinScreen />
}
