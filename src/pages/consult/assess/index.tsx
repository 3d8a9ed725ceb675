/** An assessment, item by item. */
import { useRouter } from '@tarojs/taro'
import { AssessScreen } from '@/features/consult-work/assess-screen'

export default function ConsultAssessPage() {
  const { params } = useRouter()
  return <AssessScreen consultationId={params['consultationId'] ?? ''} />
}
