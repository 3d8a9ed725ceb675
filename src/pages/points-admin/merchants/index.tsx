/** Merchants. */
import { MerchantsScreen } from '@/features/points-admin/merchants-screen'

export default function MerchantsPage() {
  return <MerchantsScreen />
}
