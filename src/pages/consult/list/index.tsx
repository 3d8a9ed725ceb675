/** What was asked of the care consultant for one elder. */
import { useRouter } from '@tarojs/taro'
import { ConsultListScreen } from '@/features/consult/list-screen'

export default function ConsultListPage() {
  const { params } = useRouter()
  return <ConsultListScreen elderId={params['elderId'] ?? ''} />
}
