/** What the subdistrict pays of a meal, and from when. */
import { MealPolicyScreen } from '@/features/admin/meal-policy-screen'

export default function MealPolicyPage() {
  return <MealPolicyScreen />
}
