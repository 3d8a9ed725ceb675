/** Not able to come, or not there: why. */
import { useRouter } from '@tarojs/taro'
import { AbsentScreen } from '@/features/life/absent-screen'

export default function LifeAbsentPage() {
  return <AbsentScreen bookingId={useRouter().params['bookingId'] ?? ''} />
}
