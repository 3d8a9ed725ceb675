/** What points can have. */
import { useRouter } from '@tarojs/taro'
import { RewardsScreen } from '@/features/points/rewards-screen'

export default function RewardsPage() {
  const { params } = useRouter()
  return <RewardsScreen personId={params['personId'] ?? ''} />
}
