/** An activity in words: how a name on its list stands, how many places are left, and why there is none for somebody. */
import type { BookingBrief, OutputOf } from '../contract'

type Tone = 'willow' | 'warm' | 'gold' | 'plain'
type State = OutputOf<'activity.show'>['state']

const statuses: Partial<Record<BookingBrief['status'], { words: string; tone: Tone }>> = {
  booked: { words: '报好名了', tone: 'willow' }, checkedIn: { words: '到了，等核实', tone: 'gold' }, verified: { words: '来了，已核实', tone: 'willow' }, rejected: { words: '没有通过核实', tone: 'warm' },
  noShow: { words: '没有来', tone: 'plain' }, cancelled: { words: '不去了', tone: 'plain' },
}
export const nameStatusWords = (status: BookingBrief['status']): { words: string; tone: Tone } => statuses[status] ?? { words: '报好名了', tone: 'willow' }

/** 剩 5 位（一共 12 位）; 满了. */
export const placesWords = ({ remaining, seats }: { readonly remaining: number; readonly seats: number }): string => (remaining > 0 ? `剩 ${remaining} 位，一共 ${seats} 位` : `满了，一共 ${seats} 位`)

/** 3 人报名，还剩 5 位; once it has begun how many are free means nothing any more. */
export const listedWords = ({ remaining, seats, startsAt }: { readonly remaining: number; readonly seats: number; readonly startsAt: number }, now: number): string =>
  `${seats - remaining} 人报名${now >= startsAt ? '' : remaining > 0 ? `，还剩 ${remaining} 位` : '，满了'}`

export const sortWords = (sort: 'activity' | 'class'): string => (sort === 'class' ? '课程' : '活动')

type Meeting = Pick<OutputOf<'activity.show'>, 'startsAt' | 'endsAt' | 'course'>

/** When it meets next: of a class with several sessions the one that is on or comes. */
export const meets = ({ startsAt, endsAt, course }: Meeting): { startsAt: number; endsAt: number } => course?.sessions[course.n - 1] ?? { startsAt, endsAt }

/** 共 4 课，来满 3 课有证书. */
export const courseWords = ({ sessions, needed }: NonNullable<Meeting['course']>): string => `共 ${sessions.length} 课，来满 ${needed} 课有证书`

/** Why there is no place, and what to do. @param whose 您, or the elder's name */
export function whyNoPlace(state: State, whose: string): { title: string; next: string } | null {
  switch (state) {
    case 'full': return { title: '名额满了', next: '可以排候补，有人不去了就轮到排着的人。也可以看看别的活动。' }
    case 'past': return { title: '已经开始了', next: '看看后面还有什么活动。' }
    case 'closed': return { title: '这一天不办了', next: '看看别的日子。' }
    case 'clash': return { title: `${whose}那时有别的安排`, next: '一个人不能同时在两个地方。先退掉另一个，再来报名。' }
    case 'away': return { title: `${whose}现在不在家`, next: '住院或者外出的时候先不报名。回来了，在「我的」里改过来就可以报。' }
    case 'ownCase': return { title: '这是您自己办的', next: '办活动的人不占名额，也不记积分。' }
    default: return null
  }
}
