/** What a life event says to the kitchen, and to the elder and the family: once each. Why is said to nobody who only serves (law 9). */
import { isFinal } from './away'
import { spokenDay } from './civil-time'
import type { LifeEvent } from './life'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'

type Words = Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'>

const daysOf = ({ fromOn, untilOn }: Pick<LifeEvent, 'fromOn' | 'untilOn'>): string => (untilOn === null ? `${spokenDay(fromOn)}起` : fromOn === untilOn ? spokenDay(fromOn) : `${spokenDay(fromOn)}到${spokenDay(untilOn)}`)

/** To a kitchen. What is not on its sheet yet needs no call; what is already, does. */
export const stopMessage = (event: LifeEvent, kitchen: { readonly count: number; readonly isLate: boolean }): Words => {
  const what = isFinal(event.what) ? `以后不送了，停 ${kitchen.count} 餐` : `${daysOf(event)}不在家，停 ${kitchen.count} 餐`
  return {
    templateId: templateIds.cancelled, page: 'pages/kitchen/today/index', callUntil: kitchen.isLate ? null : 0,
    data: { thing1: thing(event.elderName), time2: time(event.at), thing3: thing(what) }, gist: `请告诉厨房：${event.elderName}${what}${kitchen.isLate ? '，有的已经过了截止' : ''}`,
  }
}

/** Where the family reads what was ended, and whom to call. */
export const pageOfFarewell = (eventId: string): string => `pages/life/farewell/index?lifeEventId=${eventId}`
export const pageOfAway = (elderId: string): string => `pages/life/away/index?elderId=${elderId}`

/** To the elder and the family. Of a death nothing is counted, and nothing cheerful is said. */
export function lifeMessage(event: LifeEvent, done: { readonly visits: number; readonly meals: number; readonly series: number }): Words {
  const { elderName, what, by } = event
  if (what === 'died') {
    return {
      templateId: templateIds.cancelled, page: pageOfFarewell(event._id), callUntil: null,
      data: { thing1: thing(elderName), time2: time(event.confirmed?.at ?? event.at), thing3: thing('服务都停了，请看说明') }, gist: `慰问家属：${elderName}的服务都停了，请家属看说明，后面的事和社工商量`,
    }
  }
  const counted = [...(done.visits > 0 ? [`取消 ${done.visits} 次预约`] : []), ...(done.meals > 0 ? [`停 ${done.meals} 餐`] : []), ...(done.series > 0 ? [`${done.series} 串每周的安排停下`] : [])].join('，')
  const says = what === 'hospital' ? '住院' : what === 'away' ? '出门' : '迁出'
  return {
    templateId: templateIds.cancelled, page: what === 'movedOut' ? pageOfFarewell(event._id) : pageOfAway(event.elderId), callUntil: null,
    data: { thing1: thing(elderName), time2: time(event.at), thing3: thing(`${says}，${counted === '' ? '登记好了' : counted}`) },
    gist: `${by.name} 登记了${elderName}${says}，${daysOf(event)}${counted === '' ? '' : `：${counted}`}`,
  }
}
