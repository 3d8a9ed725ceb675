/** What comes week after week. */
import { useRouter } from '@tarojs/taro'
import { ListScreen } from '@/features/series/list-screen'

export default function SeriesListPage() {
  const { params } = useRouter()
  return <ListScreen elderId={params['elderId'] ?? ''} />
}
