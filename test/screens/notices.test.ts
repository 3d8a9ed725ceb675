/**
 * Notices in a real browser, many phones at once on the real functions: a must-reach notice from its first letter to the
 * last door, a correction, an elder who listens, a daughter who answers for her mother, and somebody whom WeChat cannot reach.
 */
import { bucketPicture } from '../../emulator/demo/files'
import { at, DemoPhones, MONDAY, type Stored } from './demo-phones'
import type { ScreenPhone } from './phone'

const DESK = '/pages/notice-work/desk/index'
const LIST = '/pages/notices/list/index'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

const titleOf = (notice: Stored): string => (notice['text'] as { title: string }).title
const noticeOf = (title: string): Promise<Stored> => demo.one('notices', (notice) => titleOf(notice).includes(title))
/** Somebody's line of a notice. */
const lineOf = async (title: string, name: string): Promise<Stored> => {
  const { _id } = await noticeOf(title)
  return demo.one('noticeReceipts', (line) => line['noticeId'] === _id && line['personName'] === name)
}

/** A phone with a Chinese voice, which says a sentence for as long as the test lets it. */
async function givesVoice(phone: ScreenPhone): Promise<{ readonly says: (words: string) => Promise<void>; readonly comesToItsEnd: () => Promise<void> }> {
  await phone.page.addInitScript(() => {
    const voice: { said: { text: string; onend?: () => void } | null } = { said: null }
    Object.assign(window, { voice, SpeechSynthesisUtterance: class { constructor(readonly text: string) {} } })
    Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [{ lang: 'zh-CN' }], speak: (said: { text: string }) => { voice.said = said }, cancel: () => undefined, addEventListener: () => undefined } })
  })
  await phone.page.reload()
  return {
    says: async (words) => {
      await phone.page.waitForFunction((text) => (window as unknown as { voice: { said: { text: string } | null } }).voice.said?.text === text, words)
      // What is heard is what stands out.
      expect(await phone.page.locator('[class*=reading]').filter({ visible: true }).allInnerTexts()).toEqual([words])
    },
    comesToItsEnd: () => phone.page.evaluate(() => (window as unknown as { voice: { said: { onend: () => void } } }).voice.said.onend()),
  }
}

describe('a correction', () => {
  it('asks anew who had understood, shows what differs, and keeps what was said before', async () => {
    const social = await demo.phoneOf('demo_li_jing', DESK)
    await social.tap(/停水，请先储水/, 'link')
    await social.tap('改一改再发')
    const body = social.page.getByLabel('要说的话')
    await body.fill((await body.inputValue()).replace('8:00', '9:00'))
    await social.sees(/^现在：.*9:00 到 12:00/)
    await social.types('改了什么', '晚一小时停')
    await social.tap('发改好的')
    await social.sees('改好了，会请大家再看一遍')

    const neighbour = await demo.phoneOf('demo_zheng_guoqiang')
    await neighbour.tap(/^改过了.*停水/, 'link')
    await neighbour.sees('这条通知改过了：晚一小时停')
    await neighbour.sees(/^原来：.*8:00 到 12:00/)
    await neighbour.sees(/^现在：.*9:00 到 12:00/)
    await neighbour.tap('我知道了')
    await neighbour.sees('记下了，您知道了')
    expect((await lineOf('停水', '郑国强'))).toMatchObject({ edition: 2, state: 'understood', understood: [{ edition: 1 }, { edition: 2 }] })
  }, 60_000)
})

describe('an elder', () => {
  it('hears it sentence by sentence, goes on where she left, reads it without network, and says that she knows', async () => {
    const elder = await demo.phoneOf('demo_sun_guiying', LIST)
    const voice = await givesVoice(elder)
    await elder.tap(/体检/, 'link')
    await elder.tap('读给我听')
    await voice.says('65 岁以上来做体检')
    await voice.comesToItsEnd()
    await voice.says('11月26日 8:30 到 10:30，给 65 岁以上的老人体检，不收费。')
    await voice.comesToItsEnd()
    await voice.says('在睦邻中心一楼。')
    await elder.tap('返回')
    await elder.goesOffline()
    await elder.tap(/体检/, 'link')
    await elder.sees(/^没有网络/)
    await elder.tap('接着读')
    await voice.says('在睦邻中心一楼。')
    await voice.comesToItsEnd()
    await voice.says('请空腹来，带上身份证。')
    await elder.tap('停')
    await elder.comesBackOnline()
    await elder.seesNoMore(/^没有网络/)
    // Closed and opened again, the phone still knows the place; another edition begins anew.
    await elder.page.reload()
    await elder.tap('接着读')
    await voice.says('请空腹来，带上身份证。')
    await elder.tap('停')
    await elder.tap('我知道了')
    await elder.sees('记下了，您知道了')
    await elder.sees('下次体检，要不要提醒您？')
    await elder.tap('提醒我')
    await elder.sees('好的，下一次会提醒您')
    expect(await lineOf('体检', '孙桂英')).toMatchObject({ state: 'understood', by: { as: 'elder' } })
    expect(await demo.all('consents', (consent) => consent['accountId'] === 'demo_sun_guiying' && consent['left'] === 1)).toHaveLength(2)
  }, 60_000)

  it('is answered for by her daughter, and sees who did', async () => {
    const daughter = await demo.phoneOf('demo_wang_min', LIST)
    await daughter.tap(/体检/, 'link')
    await daughter.sees('替王秀珍说知道了，王秀珍看得到是您说的。')
    await daughter.tap('我知道了')
    await daughter.sees('替王秀珍记下了，知道了')
    expect(await lineOf('体检', '王秀珍')).toMatchObject({ state: 'understood', by: { as: 'family', name: '王敏' } })

    const mother = await demo.phoneOf('demo_wang_xiuzhen', LIST)
    await mother.tap(/体检/, 'link')
    await mother.sees('女儿王敏替您知道了')
    await mother.goesTo('/pages/my-record/log/index')
    await mother.sees('女儿王敏替您对一条通知说了「我知道了」')
  }, 60_000)
})

describe('a notice that must reach', () => {
  it('is written, looked at as an elder sees it, answered, telephoned, and brought to the last door', async () => {
    await demo.meanwhile('demo_li_jing', 'person.register', { name: '方阿彩', birthOn: '1944-02-01', communityId: 'jinyuan', address: '锦苑 9 幢 203', phone: '19000001077', livesAlone: true, identityCheck: 'idCardSeen' })
    const social = await demo.phoneOf('demo_li_jing', DESK)
    await social.tap('写一条通知')
    await social.tap('从「停水」开始')
    await social.sees('把「○月○日」改成真的日子。')
    await social.types('标题', '锦苑停水，请先储水')
    await social.types('要说的话', '11月24日 8:00 到 12:00，锦苑停水，届时请自备用水。')
    await social.sees(/「届时」像公文，可以说：到时候/)
    await social.types('要说的话', '11月24日 8:00 到 12:00，锦苑没有水。请今晚先接好用水。')
    const [chooser] = await Promise.all([social.page.waitForEvent('filechooser'), social.tap('加一张图')])
    await chooser.setFiles({ name: '水桶.png', mimeType: 'image/png', buffer: bucketPicture() })
    await social.types('第 1 张图里是什么', '接满水的桶')
    await social.choosesDate('哪天以前人人要知道', MONDAY)
    await social.chooses('几点以前', '18:00')
    await social.tap(/^上门没人应/, 'checkbox')
    await social.tap('华光城', 'checkbox')
    await social.tap('锦苑', 'checkbox')
    await social.sees('3 人，其中 2 人没有微信')
    await social.sees(/^草稿 \d\d:\d\d 存好了$/)
    await social.tap('看看老人看到的样子')
    await social.sees(/^发给锦苑，3 人，其中 2 人没有微信。人人要知道/)
    await social.page.getByRole('img', { name: '接满水的桶' }).filter({ visible: true }).waitFor()
    await social.tap('就这样发')
    await social.sees('交上去了')
    await social.tap('看看这条通知')
    await social.sees('知道了 0 / 3 人')
    expect((await noticeOf('锦苑停水'))['text']).toMatchObject({ pictures: [{ words: '接满水的桶', fileId: expect.stringMatching(/\.jpg$/) as string }] })

    const elder = await demo.phoneOf('demo_sun_guiying')
    await elder.tap(/锦苑停水/, 'link')
    await elder.tap('我知道了')
    await elder.sees('记下了，您知道了')
    // Figures are as old as a few seconds: the clock stands still here until it is moved.
    await demo.emulator.pass(60_000)
    await social.sees('知道了 1 / 3 人')

    await demo.emulator.moveTo(at('18:02'))
    await demo.emulator.pass(60_000)
    await social.tap(/^去打电话，1 人/)
    for (const answer of ['方阿彩没接，过会儿再打', '方阿彩没接，排到上门里']) {
      await social.tap('打电话，方阿彩')
      await social.sees(/请今晚先接好用水。/)
      await social.tap('没人接，方阿彩')
      await social.sees(answer)
    }
    // Who has no telephone stands on the visit list from the beginning.
    await social.tap('上门', 'tab')
    await social.tap('上门，方阿彩')
    await social.tap('告诉方阿彩了')
    await social.sees('方阿彩知道了')
    await social.tap('上门，何秀英')
    await social.tap('看何秀英的门牌号')
    await social.tap('看一看')
    await social.sees('锦苑 7 幢 103')
    await social.tap('没人应门，何秀英')
    await social.sees('何秀英没应门，开了安全事件')
    // A live case of hers hears of it, or a new one is opened: either way somebody who is on duty reads what for.
    const cases = await demo.all('safetyCases', (one) => one['elderId'] === demo.personIds.heXiuying && one['status'] !== 'closed')
    expect(cases).toHaveLength(1)
    expect(JSON.stringify(cases)).toContain('上门通知「锦苑停水，请先储水」，没有人应门')
    await social.tap('上门，何秀英')
    await social.tap('告诉何秀英了')
    await social.sees('何秀英知道了')
    expect(await lineOf('锦苑停水', '何秀英')).toMatchObject({ state: 'toldAtDoor', duty: 'none', tries: [{ how: 'door', outcome: 'noAnswer' }, { how: 'door', outcome: 'told' }] })
    expect(await lineOf('锦苑停水', '方阿彩')).toMatchObject({ state: 'toldAtDoor', tries: [{ how: 'phone', outcome: 'noAnswer' }, { how: 'phone', outcome: 'noAnswer' }, { how: 'door', outcome: 'told' }] })
    await demo.emulator.pass(60_000)
    await social.tap('返回')
    await social.sees('知道了 3 / 3 人')
  }, 90_000)

  it('reaches on the telephone whom WeChat cannot carry a message to', async () => {
    expect(await lineOf('日停水，请先储水', '王秀珍')).toMatchObject({ state: 'noQuota', duty: 'call' })
    const social = await demo.phoneOf('demo_li_jing', '/pages/notice-work/duty/index?what=call')
    const card = social.page.getByRole('group', { name: /^王秀珍，.*停水/ })
    await card.getByRole('button', { name: '打电话，王秀珍' }).click()
    await card.getByRole('button', { name: '打给王秀珍' }).click()
    await card.getByRole('button', { name: '看手机号' }).click()
    const [number] = await Promise.all([social.dials(), card.getByRole('button', { name: '拨打王秀珍' }).click()])
    expect(number).toBe('19000001002')
    await card.getByRole('button', { name: '告诉王秀珍了' }).click()
    await social.sees('王秀珍知道了')
    const mother = await demo.phoneOf('demo_wang_xiuzhen', LIST)
    await mother.tap(/停水，请先储水/, 'link')
    await mother.sees('李静打电话告诉了')
    expect(await lineOf('日停水，请先储水', '王秀珍')).toMatchObject({ state: 'toldByPhone', duty: 'none' })
  }, 60_000)
})
