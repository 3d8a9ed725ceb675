/** What organisations offer. */
import { OffersScreen } from '@/features/menu-work/offers-screen'

export default function OffersPage() {
  return <OffersScreen />
}
