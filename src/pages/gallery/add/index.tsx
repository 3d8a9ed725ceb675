/** Staff add a picture of an activity. */
import { useRouter } from '@tarojs/taro'
import { AddScreen } from '@/features/gallery/add-screen'

export default function GalleryAddPage() {
  const { params } = useRouter()
  return <AddScreen activityId={params['activityId'] ?? ''} />
}
