/** What work earns. */
import { PointsPolicyScreen } from '@/features/points-admin/policy-screen'

export default function PolicyPage() {
  return <PointsPolicyScreen />
}
