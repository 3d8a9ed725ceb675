/** Doubts about points. */
import { FlagsScreen } from '@/features/points-work/flags-screen'

export default function FlagsPage() {
  return <FlagsScreen />
}
