/** One reward, to be redeemed. */
import { useRouter } from '@tarojs/taro'
import { RewardScreen } from '@/features/points/reward-screen'

export default function RewardPage() {
  const { params } = useRouter()
  return <RewardScreen rewardId={params['rewardId'] ?? ''} personId={params['personId'] ?? ''} />
}
