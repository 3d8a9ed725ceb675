/** A delegation is given at the counter. */
import { useRouter } from '@tarojs/taro'
import { RequestScreen } from '@/features/people/request-screen'

export default function RequestPage() {
  const { params } = useRouter()
  return <RequestScreen delegationRequestId={params['delegationRequestId'] ?? ''} />
}
