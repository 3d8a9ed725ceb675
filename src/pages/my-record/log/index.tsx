/** What others did in my name. */
import { LogScreen } from '@/features/me/log-screen'

export default function LogPage() {
  return <LogScreen />
}
