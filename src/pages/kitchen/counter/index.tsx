/** The kitchen's counter. */
import { useRouter } from '@tarojs/taro'
import { CounterScreen } from '@/features/kitchen/counter-screen'

export default function CounterPage() {
  const { params } = useRouter()
  return <CounterScreen kitchenId={params['kitchenId'] ?? ''} />
}
