/** The lists of honour. */
import { HonoursScreen } from '@/features/points/honours-screen'

export default function HonoursPage() {
  return <HonoursScreen />
}
