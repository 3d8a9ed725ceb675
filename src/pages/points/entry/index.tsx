/** One line of the passbook with what stands behind it. */
import { useRouter } from '@tarojs/taro'
import { EntryScreen } from '@/features/points/entry-screen'

export default function EntryPage() {
  const { params } = useRouter()
  return <EntryScreen entryId={params['entryId'] ?? ''} personId={params['personId'] ?? ''} />
}
