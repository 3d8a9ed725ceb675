/** What was ended, for the family. */
import { useRouter } from '@tarojs/taro'
import { FarewellScreen } from '@/features/life/farewell-screen'

export default function LifeFarewellPage() {
  return <FarewellScreen lifeEventId={useRouter().params['lifeEventId'] ?? ''} />
}
