/** Taking an entry back. */
import { useRouter } from '@tarojs/taro'
import { FindPeople } from '@/features/people/find-people'
import { ReverseScreen } from '@/features/points-admin/reverse-screen'

export default function ReversePage() {
  const { params } = useRouter()
  return <ReverseScreen entryId={params['entryId'] ?? ''} findPerson={(asked) => <FindPeople isWhole {...asked} />} />
}
