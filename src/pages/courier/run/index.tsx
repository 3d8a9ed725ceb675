/** One delivery run. */
import { useRouter } from '@tarojs/taro'
import { RunScreen } from '@/features/courier/run-screen'

export default function RunPage() {
  const { params } = useRouter()
  return <RunScreen runId={params['runId'] ?? ''} />
}
