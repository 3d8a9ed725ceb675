/** Volunteers and points of a social worker's communities. */
import { PointsTodayScreen } from '@/features/points-work/today-screen'

export default function TodayPage() {
  return <PointsTodayScreen />
}
