/** One shift of a volunteer. */
import { useRouter } from '@tarojs/taro'
import { ShiftScreen } from '@/features/volunteer/shift-screen'

export default function ShiftPage() {
  const { params } = useRouter()
  return <ShiftScreen shiftId={params['shiftId'] ?? ''} />
}
