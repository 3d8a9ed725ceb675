/** Who is on duty for this home. */
import { WhoScreen } from '@/features/circle/who-screen'

export default function WhoPage() {
  return <WhoScreen />
}
