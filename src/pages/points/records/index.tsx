/** The records behind one published figure. */
import { useRouter } from '@tarojs/taro'
import { RecordsScreen } from '@/features/points/records-screen'

export default function RecordsPage() {
  const { params } = useRouter()
  return <RecordsScreen month={params['month'] ?? ''} figure={params['figure'] ?? ''} />
}
