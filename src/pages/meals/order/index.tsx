/** Ordering a meal, or changing an order. */
import { useRouter } from '@tarojs/taro'
import { ChangeScreen } from '@/features/meals/change-screen'
import { OrderScreen } from '@/features/meals/order-screen'
import { whenOf } from '@/features/meals/parameters'

export default function OrderPage() {
  const { params } = useRouter()
  const bookingId = params['bookingId'] ?? ''
  return bookingId ? <ChangeScreen bookingId={bookingId} /> : <OrderScreen elderId={params['elderId'] ?? ''} when={whenOf(params['onDate'], params['sitting'])} cameBy={params} />
}
