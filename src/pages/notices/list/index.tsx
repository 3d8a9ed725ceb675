/** What somebody was told. */
import { NoticesScreen } from '@/features/notices/list-screen'

export default function NoticesListPage() {
  return <NoticesScreen />
}
