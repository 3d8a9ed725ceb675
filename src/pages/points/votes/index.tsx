/** The votes that are held. */
import { VotesScreen } from '@/features/points/votes-screen'

export default function VotesPage() {
  return <VotesScreen />
}
