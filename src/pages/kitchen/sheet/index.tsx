/** The sheet, the orders and the runs of one sitting. */
import { useRouter } from '@tarojs/taro'
import { SheetScreen } from '@/features/kitchen/sheet-screen'

export default function SheetPage() {
  const { params } = useRouter()
  return <SheetScreen kitchenId={params['kitchenId'] ?? ''} onDate={params['onDate'] ?? ''} sitting={params['sitting'] === 'dinner' ? 'dinner' : 'lunch'} first={params['part'] === 'runs' ? 'runs' : 'sheet'} />
}
