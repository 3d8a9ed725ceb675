/** One shift to look at and verify. */
import { useRouter } from '@tarojs/taro'
import { ShiftScreen } from '@/features/points-work/shift-screen'

export default function ShiftPage() {
  const { params } = useRouter()
  return <ShiftScreen shiftId={params['shiftId'] ?? ''} />
}
