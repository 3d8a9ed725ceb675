/** Whether the ledger adds up. */
import { CheckScreen } from '@/features/points-work/check-screen'

export default function CheckPage() {
  return <CheckScreen />
}
