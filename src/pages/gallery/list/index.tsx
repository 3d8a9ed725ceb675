/** Everything of the gallery that can be seen, or what was taken at one activity. */
import { useRouter } from '@tarojs/taro'
import { ListScreen } from '@/features/gallery/list-screen'

export default function GalleryListPage() {
  const { params } = useRouter()
  return <ListScreen activityId={params['activityId'] ?? null} />
}
