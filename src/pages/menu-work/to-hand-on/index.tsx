/** Orders that may go to another organisation. */
import { ToHandOnScreen } from '@/features/menu-work/to-hand-on-screen'

export default function ToHandOnPage() {
  return <ToHandOnScreen />
}
