/** Standing help between a volunteer and an elder. */
import { PairsScreen } from '@/features/volunteer/pairs-screen'

export default function PairsPage() {
  return <PairsScreen />
}
