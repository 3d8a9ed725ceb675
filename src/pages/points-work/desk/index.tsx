/** Hours entered afterwards. */
import { FindPeople } from '@/features/people/find-people'
import { DeskScreen } from '@/features/points-work/desk-screen'

export default function DeskPage() {
  return <DeskScreen findPerson={(asked) => <FindPeople {...asked} />} />
}
