/** What is on in the community. */
import { ActivitiesScreen } from '@/features/activities/list-screen'

export default function ActivitiesPage() {
  return <ActivitiesScreen />
}
