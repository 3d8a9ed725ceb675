/** Activities and classes of a community. */
import { useRouter } from '@tarojs/taro'
import { ActivitiesScreen } from '@/features/activities/list-screen'

export default function ActivitiesPage() {
  const { params } = useRouter()
  return <ActivitiesScreen elderId={params['elderId'] ?? null} />
}
