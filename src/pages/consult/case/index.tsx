/** One consultation for the elder's side. */
import { useRouter } from '@tarojs/taro'
import { ConsultCaseScreen } from '@/features/consult/case-screen'

export default function ConsultCasePage() {
  const { params } = useRouter()
  return <ConsultCaseScreen consultationId={params['consultationId'] ?? ''} />
}
