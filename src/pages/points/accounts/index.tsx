/** The published books, for anybody. */
import { AccountsScreen } from '@/features/points/accounts-screen'

export default function AccountsPage() {
  return <AccountsScreen />
}
