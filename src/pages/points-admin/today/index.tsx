/** The subdistrict's points, and the way to every part. */
import { PointsAdminScreen } from '@/features/points-admin/today-screen'

export default function TodayPage() {
  return <PointsAdminScreen />
}
