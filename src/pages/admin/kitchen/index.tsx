/** One kitchen; without an id a new one. */
import { useRouter } from '@tarojs/taro'
import { KitchenScreen } from '@/features/admin/kitchen-screen'

export default function KitchenPage() {
  const { params } = useRouter()
  return <KitchenScreen kitchenId={params['kitchenId'] ?? ''} />
}
