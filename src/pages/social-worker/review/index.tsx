/** One service to look at and verify. */
import { useRouter } from '@tarojs/taro'
import { ReviewScreen } from '@/features/social-work/review-screen'

export default function ReviewPage() {
  const { params } = useRouter()
  return <ReviewScreen bookingId={params['bookingId'] ?? ''} />
}
