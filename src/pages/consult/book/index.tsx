/** An item of a plan: another time, or week after week. */
import { useRouter } from '@tarojs/taro'
import { PlanBookScreen } from '@/features/consult/book-screen'

export default function ConsultBookPage() {
  const { params } = useRouter()
  return <PlanBookScreen consultationId={params['consultationId'] ?? ''} n={Number(params['n'] ?? '0')} />
}
