/** One consultation for staff. */
import { useRouter } from '@tarojs/taro'
import { ConsultWorkScreen } from '@/features/consult-work/work-screen'

export default function ConsultWorkPage() {
  const { params } = useRouter()
  return <ConsultWorkScreen consultationId={params['consultationId'] ?? ''} />
}
