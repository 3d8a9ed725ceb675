/** The tab of points: the passbook; with a person's or group's id theirs. */
import { useRouter } from '@tarojs/taro'
import { PassbookScreen } from '@/features/points/passbook-screen'

export default function PassbookPage() {
  const { params } = useRouter()
  return <PassbookScreen personId={params['personId'] ?? ''} />
}
