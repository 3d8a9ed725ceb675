/** Life events of my communities. */
import { LifeListScreen } from '@/features/life-work/list-screen'

export default function LifeWorkListPage() {
  return <LifeListScreen />
}
