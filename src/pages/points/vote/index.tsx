/** One vote. */
import { useRouter } from '@tarojs/taro'
import { VoteScreen } from '@/features/points/votes-screen'

export default function VotePage() {
  const { params } = useRouter()
  return <VoteScreen pollId={params['pollId'] ?? ''} />
}
