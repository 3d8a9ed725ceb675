/** When it can be booked. */
import { useRouter } from '@tarojs/taro'
import { ServiceScreen } from '@/features/booking/service-screen'

export default function ServicePage() {
  const { params } = useRouter()
  return <ServiceScreen serviceItemId={params['serviceItemId'] ?? ''} elderId={params['elderId'] ?? ''} againOf={params['againOf'] ?? ''} />
}
