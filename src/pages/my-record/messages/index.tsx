/** Messages in WeChat. */
import { MessagesScreen } from '@/features/me/messages-screen'

export default function MessagesPage() {
  return <MessagesScreen />
}
