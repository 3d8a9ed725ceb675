/** What somebody handed in, and what became of it. */
import { useRouter } from '@tarojs/taro'
import { MineScreen } from '@/features/gallery/mine-screen'

export default function GalleryMinePage() {
  const { params } = useRouter()
  return <MineScreen elderId={params['elderId'] ?? null} />
}
