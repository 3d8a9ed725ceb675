/** What is fair for a service. */
import { FairScreen } from '@/features/admin/fair-screen'

export default function FairPage() {
  return <FairScreen />
}
