/** The first screen, with help to be called from it. */
import { HomeScreen } from '@/features/home/home-screen'
import { CallScreen } from '@/features/safety/call-screen'

export default function HomePage() {
  return <HomeScreen callScreen={(call) => <CallScreen {...call} />} />
}
