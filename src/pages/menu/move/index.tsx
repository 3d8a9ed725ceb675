/** An order from the menu at another time. */
import { useRouter } from '@tarojs/taro'
import { MoveOrderScreen } from '@/features/menu/move-order-screen'

export default function MoveOrderPage() {
  const { params } = useRouter()
  return <MoveOrderScreen bookingId={params['bookingId'] ?? ''} />
}
