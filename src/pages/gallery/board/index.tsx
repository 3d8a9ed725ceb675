/** What waits for staff in the gallery. */
import { BoardScreen } from '@/features/gallery/board-screen'

export default function GalleryBoardPage() {
  return <BoardScreen />
}
