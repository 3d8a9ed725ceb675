/** Credits without a source. */
import { ByHandScreen } from '@/features/points-admin/by-hand-screen'

export default function ByHandPage() {
  return <ByHandScreen />
}
