/** What was done in somebody's name. */
import { useRouter } from '@tarojs/taro'
import { PersonLogScreen } from '@/features/people/log-screen'

export default function PersonLogPage() {
  const { params } = useRouter()
  return <PersonLogScreen personId={params['personId'] ?? ''} />
}
