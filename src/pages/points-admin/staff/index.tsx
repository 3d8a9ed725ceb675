/** Who works here, and as what. */
import { StaffScreen } from '@/features/points-admin/staff-screen'

export default function StaffPage() {
  return <StaffScreen />
}
