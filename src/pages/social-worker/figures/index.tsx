/** How long doors stayed unanswered. */
import { FiguresScreen } from '@/features/safety/figures-screen'

export default function FiguresPage() {
  return <FiguresScreen />
}
