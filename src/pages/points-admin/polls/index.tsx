/** Votes that are held. */
import { PollsScreen } from '@/features/points-admin/polls-screen'

export default function PollsPage() {
  return <PollsScreen />
}
