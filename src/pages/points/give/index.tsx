/** Points for family, a neighbour in need, or the pot; a group only donates. */
import { useRouter } from '@tarojs/taro'
import { GiveScreen } from '@/features/points/give-screen'

export default function GivePage() {
  const { params } = useRouter()
  return <GiveScreen groupId={params['groupId'] ?? ''} />
}
