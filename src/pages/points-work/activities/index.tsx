/** Activities that are held, and a new one. */
import { ActivityBoardScreen } from '@/features/points-work/activities-screen'

export default function ActivityBoardPage() {
  return <ActivityBoardScreen />
}
