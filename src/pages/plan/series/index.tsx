/** One series. */
import { useRouter } from '@tarojs/taro'
import { SeriesScreen } from '@/features/series/series-screen'

export default function SeriesPage() {
  const { params } = useRouter()
  return <SeriesScreen seriesId={params['seriesId'] ?? ''} isNew={params['isNew'] === '1'} />
}
