/** Publishing a task. */
import { FindPeople } from '@/features/people/find-people'
import { PublishScreen } from '@/features/points-work/publish-screen'

export default function PublishPage() {
  return <PublishScreen findPerson={(asked) => <FindPeople {...asked} />} />
}
