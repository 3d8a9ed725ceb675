/** Writing a plan. */
import { useRouter } from '@tarojs/taro'
import { PlanScreen } from '@/features/consult-work/plan-screen'

export default function ConsultPlanPage() {
  const { params } = useRouter()
  return <PlanScreen consultationId={params['consultationId'] ?? ''} />
}
