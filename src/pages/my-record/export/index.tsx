/** Everything that is kept about me. */
import { ExportScreen } from '@/features/me/export-screen'

export default function ExportPage() {
  return <ExportScreen />
}
