/** The privacy terms, to read again. */
import { TermsScreen } from '@/features/first-use/terms-screen'

export default function TermsPage() {
  return <TermsScreen />
}
