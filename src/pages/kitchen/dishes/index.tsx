/** The kitchen's dishes. */
import { DishesScreen } from '@/features/kitchen/dishes-screen'

export default function DishesPage() {
  return <DishesScreen />
}
