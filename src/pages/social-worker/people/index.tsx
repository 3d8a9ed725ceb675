/** The counter: somebody is found by name. */
import { FindScreen } from '@/features/people/find-screen'

export default function FindPage() {
  return <FindScreen />
}
