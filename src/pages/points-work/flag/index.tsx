/** One doubt, and the entries behind it. */
import { useRouter } from '@tarojs/taro'
import { FlagScreen } from '@/features/points-work/flag-screen'

export default function FlagPage() {
  const { params } = useRouter()
  return <FlagScreen flagId={params['flagId'] ?? ''} />
}
