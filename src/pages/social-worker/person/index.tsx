/** One resident at the counter. */
import { useRouter } from '@tarojs/taro'
import { PersonScreen } from '@/features/people/person-screen'

export default function PersonPage() {
  const { params } = useRouter()
  return <PersonScreen personId={params['personId'] ?? ''} />
}
