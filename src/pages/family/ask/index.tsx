/** Asking to act for an elder. */
import { AskScreen } from '@/features/delegation/ask-screen'

export default function AskPage() {
  return <AskScreen />
}
