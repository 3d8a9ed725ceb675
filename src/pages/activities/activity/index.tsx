/** One activity, for one person. */
import { useRouter } from '@tarojs/taro'
import { ActivityScreen } from '@/features/activities/activity-screen'
import { ActivityPictures } from '@/features/gallery/activity-pictures'

export default function ActivityPage() {
  const { params } = useRouter()
  const activityId = params['activityId'] ?? ''
  return <ActivityScreen activityId={activityId} elderId={params['elderId'] ?? ''} pictures={<ActivityPictures activityId={activityId} />} />
}
