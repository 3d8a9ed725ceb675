/** Standing help between a volunteer and an elder. */
import { FindPeople } from '@/features/people/find-people'
import { PairsScreen } from '@/features/points-work/pairs-screen'

export default function PairsPage() {
  return <PairsScreen findPerson={(asked) => <FindPeople {...asked} />} />
}
