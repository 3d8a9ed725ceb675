/** One service: its words, weekly times, price, a hold, its end. */
import { useRouter } from '@tarojs/taro'
import { AdminServiceScreen } from '@/features/admin/service-screen'

export default function AdminServicePage() {
  const { params } = useRouter()
  return <AdminServiceScreen serviceItemId={params['serviceItemId'] ?? ''} />
}
