/** What was delivered in a month. */
import { FiguresScreen } from '@/features/menu-work/figures-screen'

export default function FiguresPage() {
  return <FiguresScreen />
}
