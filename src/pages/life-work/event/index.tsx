/** One life event as staff see it. */
import { useRouter } from '@tarojs/taro'
import { LifeEventScreen } from '@/features/life-work/event-screen'

export default function LifeWorkEventPage() {
  return <LifeEventScreen lifeEventId={useRouter().params['lifeEventId'] ?? ''} />
}
