/** The desk of an organisation. */
import { DeskScreen } from '@/features/menu-work/desk-screen'

export default function DeskPage() {
  return <DeskScreen />
}
