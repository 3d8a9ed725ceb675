/** Two records of one human become one. */
import { useRouter } from '@tarojs/taro'
import { MergeScreen } from '@/features/people/merge-screen'

export default function MergePage() {
  const { params } = useRouter()
  return <MergeScreen personId={params['personId'] ?? ''} />
}
