/** The records of one community's pot. */
import { useRouter } from '@tarojs/taro'
import { PotRecordsScreen } from '@/features/points-work/pot-records-screen'

export default function PotRecordsPage() {
  const { communityId = '', which } = useRouter().params
  return <PotRecordsScreen communityId={communityId} which={which === 'out' ? 'out' : 'in'} />
}
