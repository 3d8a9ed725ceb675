/** What a care worker should know. */
import { CareNotesScreen } from '@/features/me/care-notes-screen'

export default function CareNotesPage() {
  return <CareNotesScreen />
}
