/** One door of a run. */
import { useRouter } from '@tarojs/taro'
import { StopScreen } from '@/features/courier/stop-screen'

export default function StopPage() {
  const { params } = useRouter()
  return <StopScreen bookingId={params['bookingId'] ?? ''} what={params['what'] === 'noAnswer' ? 'noAnswer' : 'handOver'} />
}
