/** The social worker's day. */
import { SocialTodayScreen } from '@/features/social-work/today-screen'

export default function SocialTodayPage() {
  return <SocialTodayScreen />
}
