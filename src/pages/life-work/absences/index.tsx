/** No-shows of one elder. */
import { useRouter } from '@tarojs/taro'
import { AbsencesScreen } from '@/features/life-work/absences-screen'

export default function LifeWorkAbsencesPage() {
  return <AbsencesScreen elderId={useRouter().params['elderId'] ?? ''} />
}
