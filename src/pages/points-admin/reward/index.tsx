/** One reward. */
import { useRouter } from '@tarojs/taro'
import { RewardScreen } from '@/features/points-admin/reward-screen'

export default function RewardPage() {
  const { params } = useRouter()
  return <RewardScreen rewardId={params['rewardId'] ?? ''} />
}
