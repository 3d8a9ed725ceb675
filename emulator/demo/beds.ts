/** The house with beds, over some days: who is there, who comes and goes today, who is trained and on shift. */
import type { ServiceItem } from '../../src/domain/service-item'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import { services, socialWorkerFor } from './place'
import { residents, type ResidentName } from './residents'

const nurse = 'demo_bai_lan'
const colleague = 'demo_he_jie'

export interface BedStory {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly personIds: Readonly<Record<ResidentName, string>>
}

export function tellBeds({ calendar, callAs, personIds }: BedStory): void {
  /** A stay that a social worker books at the counter, or whoever has a phone for themself. */
  const stay = (who: ResidentName, service: ServiceItem, from: number, to: number, more: { readonly by?: string; readonly note?: string; readonly bedNo?: number; readonly bookedOn?: number } = {}): void => {
    let bookingId = ''
    calendar.scene(more.bookedOn ?? from - 3, '10:20', async () => {
      const input = { elderId: personIds[who], serviceItemId: service._id, fromOn: calendar.date(from), toOn: calendar.date(to), ...(more.note === undefined ? {} : { note: more.note }) }
      ;({ bookingId } = await callAs(more.by ?? socialWorkerFor(residents[who].communityId), 'stay.book', input))
    })
    const { bedNo } = more
    if (bedNo !== undefined) calendar.scene(from, '15:12', async () => { await callAs(colleague, 'bed.arrive', { bookingId, bedNo }) })
  }
  // Trained staff for six nights of the two weeks: the others cannot be booked.
  calendar.scene(-6, '09:30', async () => {
    for (const night of [0, 1, 2, 3, 4, 7]) await callAs(nurse, 'bed.setShift', { slotId: calendar.slotId(services.memoryStay, night, '14:00'), isOn: true })
  })
  stay('linCaifeng', services.shortStay, -2, 3, { bedNo: 1, note: '夜里要起来两次' })
  stay('zhangWenhua', services.shortStay, -4, 0, { bedNo: 2 })
  stay('shiBaozhu', services.shortStay, 0, 4, { note: '左手不方便' })
  stay('yuXinghua', services.shortStay, 2, 6, { bookedOn: -1 })
  stay('zhongMeijuan', services.shortStay, 2, 5, { bookedOn: -1 })
  stay('sunGuiying', services.shortStay, 9, 12, { by: 'demo_sun_guiying', bookedOn: -1, note: '晚上要一盏小灯' })
  stay('huZhiliang', services.memoryStay, 1, 4, { bookedOn: -2 })

  const half = (who: ResidentName, service: ServiceItem, day: number, time: string, bedNo?: number): void => {
    let bookingId = ''
    calendar.scene(day - 2, '14:30', async () => { ({ bookingId } = await callAs(socialWorkerFor(residents[who].communityId), 'booking.book', { elderId: personIds[who], slotId: calendar.slotId(service, day, time) })) })
    if (bedNo !== undefined) calendar.scene(day, '08:36', async () => { await callAs(colleague, 'bed.arrive', { bookingId, bedNo }) })
  }
  const today = calendar.openDay(services.dayCare, 0, 1)
  half('yuYuehua', services.dayCare, today, '08:30', today === 0 ? 1 : undefined)
  half('tongShuilin', services.dayCare, today, '13:00')
  half('jiangYundi', services.physio, today, '13:30')
}
