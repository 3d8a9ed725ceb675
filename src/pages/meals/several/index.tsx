/** Several days of meals in one go. */
import { useRouter } from '@tarojs/taro'
import { SeveralScreen } from '@/features/meals/several-screen'

export default function SeveralPage() {
  const { params } = useRouter()
  return <SeveralScreen elderId={params['elderId'] ?? ''} cameBy={params} />
}
