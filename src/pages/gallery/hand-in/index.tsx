/** A work of oneself, of family, or of somebody at the counter. */
import { useRouter } from '@tarojs/taro'
import { HandInScreen } from '@/features/gallery/hand-in-screen'

export default function GalleryHandInPage() {
  const { params } = useRouter()
  return <HandInScreen elderId={params['elderId'] ?? null} />
}
