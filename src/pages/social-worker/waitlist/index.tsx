/** Who waits for what, in which order, and why. */
import { WaitlistBoardScreen } from '@/features/social-work/waitlist-screen'

export default function WaitlistBoardPage() {
  return <WaitlistBoardScreen />
}
