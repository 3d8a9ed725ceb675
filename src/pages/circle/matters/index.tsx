/** Everything that can be done from here. */
import { MattersScreen } from '@/features/circle/matters-screen'

export default function MattersPage() {
  return <MattersScreen />
}
