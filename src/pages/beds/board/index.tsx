/** The beds of a house. */
import { useRouter } from '@tarojs/taro'
import { BoardScreen } from '@/features/beds/board-screen'

export default function BoardPage() {
  const { params } = useRouter()
  return <BoardScreen serviceItemId={params['serviceItemId'] ?? ''} />
}
