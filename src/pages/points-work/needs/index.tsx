/** Points asked for an elder in need. */
import { FindPeople } from '@/features/people/find-people'
import { NeedsScreen } from '@/features/points-work/needs-screen'

export default function NeedsPage() {
  return <NeedsScreen findPerson={(asked) => <FindPeople {...asked} />} />
}
