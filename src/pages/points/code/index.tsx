/** Codes of what was redeemed and waits to be collected. */
import { useRouter } from '@tarojs/taro'
import { CodeScreen } from '@/features/points/code-screen'

export default function CodePage() {
  const { params } = useRouter()
  return <CodeScreen personId={params['personId'] ?? ''} holdId={params['holdId'] ?? ''} />
}
