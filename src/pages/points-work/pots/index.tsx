/** What the communities' pots have and give. */
import { FindPeople } from '@/features/people/find-people'
import { PotsScreen } from '@/features/points-work/pots-screen'

export default function PotsPage() {
  return <PotsScreen findPerson={(asked) => <FindPeople {...asked} />} />
}
