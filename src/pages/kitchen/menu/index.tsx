/** A week of menus. */
import { useRouter } from '@tarojs/taro'
import { MenuScreen } from '@/features/kitchen/menu-screen'

export default function MenuPage() {
  const { params } = useRouter()
  return <MenuScreen onDate={params['onDate'] ?? ''} />
}
