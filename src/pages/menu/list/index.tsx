/** What organisations bring or do at the door. */
import { useRouter } from '@tarojs/taro'
import { MenuScreen } from '@/features/menu/menu-screen'

export default function MenuPage() {
  const { params } = useRouter()
  return <MenuScreen elderId={params['elderId'] ?? ''} cameBy={params} />
}
