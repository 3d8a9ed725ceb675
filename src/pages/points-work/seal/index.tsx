/** The seal of one day. */
import { useRouter } from '@tarojs/taro'
import { SealScreen } from '@/features/points-work/seal-screen'

export default function SealPage() {
  const { params } = useRouter()
  return <SealScreen onDate={params['onDate'] ?? ''} />
}
