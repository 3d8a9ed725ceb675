/** One work. */
import { useRouter } from '@tarojs/taro'
import { WorkScreen } from '@/features/gallery/work-screen'

export default function GalleryWorkPage() {
  const { params } = useRouter()
  return <WorkScreen workId={params['workId'] ?? ''} />
}
