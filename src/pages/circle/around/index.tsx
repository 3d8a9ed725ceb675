/** What is within fifteen minutes on foot. */
import { AroundScreen } from '@/features/circle/around-screen'

export default function AroundPage() {
  return <AroundScreen />
}
