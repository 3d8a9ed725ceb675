/** A month of meals and what they cost. */
import { useRouter } from '@tarojs/taro'
import { MonthScreen } from '@/features/meals/month-screen'

export default function MonthPage() {
  const { params } = useRouter()
  return <MonthScreen elderId={params['elderId'] ?? ''} />
}
