/** Asking the care consultant. */
import { useRouter } from '@tarojs/taro'
import { ConsultAskScreen } from '@/features/consult/ask-screen'

export default function ConsultAskPage() {
  const { params } = useRouter()
  return <ConsultAskScreen elderId={params['elderId'] ?? ''} />
}
