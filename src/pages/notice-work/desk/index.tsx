/** Notices as staff works on them. */
import { DeskScreen } from '@/features/notice-work/desk-screen'

export default function NoticeWorkDeskPage() {
  return <DeskScreen />
}
