/** The list of one activity. */
import { useRouter } from '@tarojs/taro'
import { FindPeople } from '@/features/people/find-people'
import { ActivitySheetScreen } from '@/features/points-work/activity-screen'

export default function ActivitySheetPage() {
  const { params } = useRouter()
  return <ActivitySheetScreen activityId={params['activityId'] ?? ''} findPerson={(asked) => <FindPeople {...asked} />} />
}
