/** A stay that ends later, or earlier. */
import { useRouter } from '@tarojs/taro'
import { ChangeStayScreen } from '@/features/stay/change-screen'

export default function ChangeStayPage() {
  const { params } = useRouter()
  return <ChangeStayScreen bookingId={params['bookingId'] ?? ''} />
}
