/** The demo's gallery: works that were handed in and looked at, one that waits, pictures of two activities, and somebody who wants one of them gone. */
import type { InputOf } from '../../src/contract'
import type { EmulatorClient } from '../client'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import { exercise, lotus, plum, scarf, sunset, tea } from './pictures'
import type { ResidentName } from './residents'

export interface GalleryStory {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly client: EmulatorClient
  readonly personIds: Readonly<Record<ResidentName, string>>
}

const DESK = 'demo_li_jing'

export function tellGallery({ calendar, callAs, client, personIds }: GalleryStory): void {
  const upload = (by: string, name: string, bytes: Buffer): Promise<string> => client.upload(by, `notices/demo/${name}.png`, bytes)
  type Wish = Omit<InputOf<'gallery.handIn'>, 'elderId' | 'fileId'>
  /** Handed in; looked at by a social worker at `out`, and liked. */
  const work = (who: ResidentName, by: string, file: string, picture: () => Buffer, wish: Wish, at: readonly [number, string], out: readonly [number, string] | null, likedBy: readonly string[] = []): void => {
    let workId = ''
    calendar.scene(...at, async () => { ({ workId } = await callAs(by, 'gallery.handIn', { elderId: personIds[who], fileId: await upload(by, file, picture()), ...wish })) })
    if (out === null) return
    calendar.scene(...out, async () => {
      await callAs(DESK, 'gallery.decide', { workId, decision: 'publish' })
      for (const openid of likedBy) await callAs(openid, 'gallery.like', { workId, isLiked: true })
    })
  }
  work('wangXiuzhen', 'demo_wang_min', 'lotus', lotus, { sort: 'painting', title: '荷花', words: '跟着老年大学学的，画了三个下午。', isNamed: true }, [-3, '10:12'], [-3, '15:20'], ['demo_zheng_guoqiang', 'demo_sun_guiying', 'demo_tang_weiguo'])
  work('zhengGuoqiang', 'demo_zheng_guoqiang', 'sunset', sunset, { sort: 'photo', title: '甬江边的晚霞', isNamed: true }, [-2, '18:40'], [-1, '09:15'], ['demo_wang_min'])
  // At the counter, for somebody without a phone.
  work('xuFengxian', DESK, 'plum', plum, { sort: 'painting', title: '雪里的梅花', isNamed: false }, [-1, '10:05'], [-1, '10:30'], ['demo_tang_weiguo', 'demo_wang_min'])
  work('luMeiying', 'demo_lu_meiying', 'scarf', scarf, { sort: 'craft', title: '织给孙女的围巾', words: '织了一个月。', isNamed: true }, [0, '08:30'], null)

  const added = (day: number, at: string, title: string, words: string, file: string, picture: () => Buffer, then: (workId: string) => void = () => undefined): void => {
    calendar.scene(day, at, async () => {
      const over = await Promise.all((['past', 'waiting'] as const).map((which) => callAs(DESK, 'activity.board', { which })))
      const found = over.flatMap(({ items }) => items).find((one) => one.title === title)
      if (found === undefined) throw new Error(`demo data: no activity ${title} is over`)
      then((await callAs(DESK, 'gallery.addPicture', { activityId: found.activityId, title: words, fileId: await upload(DESK, file, picture()) })).workId)
    })
  }
  let tableId = ''
  added(-2, '17:30', '八段锦', '大家一起练八段锦', 'exercise', exercise)
  added(-5, '09:30', '茶话会', '一壶茶，聊半天', 'tea', tea, (workId) => { tableId = workId })
  calendar.scene(0, '08:41', async () => { await callAs('demo_zheng_guoqiang', 'gallery.ask', { workId: tableId, elderId: personIds.zhengGuoqiang, about: 'me', words: '右边那个是我的手，不想放上去。' }) })
}
