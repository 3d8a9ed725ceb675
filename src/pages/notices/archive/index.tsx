/** Notices of the past, to search. */
import { ArchiveScreen } from '@/features/notices/archive-screen'

export default function NoticesArchivePage() {
  return <ArchiveScreen />
}
