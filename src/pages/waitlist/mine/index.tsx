/** Where somebody waits, and what is held for them. */
import { useRouter } from '@tarojs/taro'
import { MyWaitsScreen } from '@/features/waitlist/mine-screen'

export default function MyWaitsPage() {
  return <MyWaitsScreen elderId={useRouter().params['elderId'] ?? ''} />
}
