/** Leaving. */
import { EraseScreen } from '@/features/me/erase-screen'

export default function ErasePage() {
  return <EraseScreen />
}
