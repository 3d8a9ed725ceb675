/** Tasks, and who claimed them. */
import { BoardScreen } from '@/features/points-work/board-screen'

export default function BoardPage() {
  return <BoardScreen />
}
