/** The tabs of a person: everybody's four, their work first for people who work here, and 志愿 beside the first screen for volunteers. */
import { rolesSeen } from './cache'

export type TabKey = 'work' | 'home' | 'bookings' | 'points' | 'me'

interface Tab {
  key: TabKey
  words: string
  icon: 'clipboard-list' | 'hand-heart' | 'house' | 'calendar-days' | 'notebook' | 'user-round'
  path: string
}

/** Where each role finds today's work. */
export const workPaths = {
  careWorker: '/pages/care-worker/today/index',
  socialWorker: '/pages/social-worker/today/index',
  careConsultant: '/pages/consult/desk/index',
  kitchen: '/pages/kitchen/today/index',
  courier: '/pages/courier/today/index',
  admin: '/pages/admin/capacity/index',
  merchant: '/pages/merchant/today/index',
  volunteer: '/pages/volunteer/today/index',
} as const

const everybodys: readonly Tab[] = [
  { key: 'home', words: '首页', icon: 'house', path: '/pages/home/index' },
  { key: 'bookings', words: '预约', icon: 'calendar-days', path: '/pages/bookings/index' },
  { key: 'points', words: '积分', icon: 'notebook', path: '/pages/points/passbook/index' },
  { key: 'me', words: '我的', icon: 'user-round', path: '/pages/me/index' },
]

/** The tabs for these roles (by default those last seen on this phone). With several kinds of work the first of the list above is the tab. */
export function tabsFor(roles: readonly string[] = rolesSeen()): readonly Tab[] {
  const work = Object.entries(workPaths).find(([role]) => roles.includes(role))
  if (!work) return everybodys
  // An elder who also helps others is a resident first.
  return work[0] === 'volunteer'
    ? everybodys.flatMap((tab) => (tab.key === 'home' ? [tab, { key: 'work' as const, words: '志愿', icon: 'hand-heart' as const, path: work[1] }] : [tab]))
    : [{ key: 'work', words: '工作', icon: 'clipboard-list', path: work[1] }, ...everybodys]
}
