/** First use: consent, then who I am. */
import { FirstUseScreen } from '@/features/first-use/first-use-screen'

export default function WelcomePage() {
  return <FirstUseScreen />
}
