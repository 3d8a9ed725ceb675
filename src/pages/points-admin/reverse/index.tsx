/** Taking an entry back. */
import { useRouter } from '@tarojs/taro'
import { ReverseScreen } from '@/features/points-admin/reverse-screen'

export default function ReversePage() {
  const { params } = useRouter()
  return <ReverseScreen entryId={params['entryId'] ?? ''} />
}
