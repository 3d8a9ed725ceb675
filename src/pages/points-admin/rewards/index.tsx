/** Rewards and their stock. */
import { RewardsScreen } from '@/features/points-admin/rewards-screen'

export default function RewardsPage() {
  return <RewardsScreen />
}
