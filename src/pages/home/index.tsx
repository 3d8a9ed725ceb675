/** The first screen. */
import { Empty } from '@/components/content'
import { Screen } from '@/components/screen'

export default function HomePage() {
  return <Screen title="掌上乐龄" subtitle="东柳街道" hasBack={false}><Empty icon="house-heart" title="正在准备" next="马上就好。" /></Screen>
}
