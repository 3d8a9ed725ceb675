/** What must not be eaten, under a consent of its own. */
import { useRouter } from '@tarojs/taro'
import { DietScreen } from '@/features/meals/diet-screen'

export default function DietPage() {
  const { params } = useRouter()
  return <DietScreen elderId={params['elderId'] ?? ''} />
}
