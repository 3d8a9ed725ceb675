/** One safety case, live. */
import { useRouter } from '@tarojs/taro'
import { CaseScreen } from '@/features/safety/case-screen'

export default function CasePage() {
  const { params } = useRouter()
  return <CaseScreen safetyCaseId={params['safetyCaseId'] ?? ''} isAgain={params['again'] === '1'} closes={params['close'] === '1'} />
}
