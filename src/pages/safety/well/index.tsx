/** Daily 报平安, of whoever uses the phone or of an elder. */
import { useRouter } from '@tarojs/taro'
import { WellScreen } from '@/features/safety/well-screen'

export default function WellPage() {
  const { params } = useRouter()
  return <WellScreen elderId={params['elderId'] ?? ''} isStaff={params['as'] === 'staff'} />
}
