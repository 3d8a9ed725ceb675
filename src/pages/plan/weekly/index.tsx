/** A service week after week. */
import { useRouter } from '@tarojs/taro'
import { WeeklyScreen } from '@/features/series/weekly-screen'

export default function WeeklyPage() {
  const { params } = useRouter()
  return <WeeklyScreen serviceItemId={params['serviceItemId'] ?? ''} elderId={params['elderId'] ?? ''} firstOn={params['firstOn'] ?? ''} startMinute={Number(params['startMinute'] ?? 0)} />
}
