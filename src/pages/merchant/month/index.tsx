/** What was settled in a month. */
import { useRouter } from '@tarojs/taro'
import { MonthScreen } from '@/features/merchant/month-screen'

export default function MonthPage() {
  const { params } = useRouter()
  return <MonthScreen merchantId={params['merchantId'] ?? ''} month={params['month'] ?? ''} />
}
