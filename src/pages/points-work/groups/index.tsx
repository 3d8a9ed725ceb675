/** Groups of volunteers. */
import { FindPeople } from '@/features/people/find-people'
import { GroupsScreen } from '@/features/points-work/groups-screen'

export default function GroupsPage() {
  return <GroupsScreen findPerson={(asked) => <FindPeople {...asked} />} />
}
