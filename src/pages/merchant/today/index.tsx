/** A code, what it is for, and settled. */
import { MerchantTodayScreen } from '@/features/merchant/today-screen'

export default function MerchantTodayPage() {
  return <MerchantTodayScreen />
}
