/** What a volunteer has to do next, and what could be done near by. */
import { VolunteerTodayScreen } from '@/features/volunteer/today-screen'

export default function VolunteerTodayPage() {
  return <VolunteerTodayScreen />
}
