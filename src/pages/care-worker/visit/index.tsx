/** One visit at the door. */
import { useRouter } from '@tarojs/taro'
import { VisitScreen } from '@/features/care-work/visit-screen'

export default function VisitPage() {
  const { params } = useRouter()
  return <VisitScreen bookingId={params['bookingId'] ?? ''} />
}
