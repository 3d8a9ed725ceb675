/** Slots of a week and their capacity. */
import { CapacityScreen } from '@/features/admin/capacity-screen'

export default function CapacityPage() {
  return <CapacityScreen />
}
