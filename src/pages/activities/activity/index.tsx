/** One activity, for one person. */
import { useRouter } from '@tarojs/taro'
import { ActivityScreen } from '@/features/activities/activity-screen'

export default function ActivityPage() {
  const { params } = useRouter()
  return <ActivityScreen activityId={params['activityId'] ?? ''} elderId={params['elderId'] ?? ''} />
}
