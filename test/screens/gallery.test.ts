/**
 * The gallery and the catalogue in a real browser: a resident hands in a work, staff publish it, a neighbour likes it and
 * somebody has a picture hidden; an administrator changes a service's week and price, and an elder books what is new. And an
 * elder without a phone at the counter.
 */
import { addDays, weekday } from '../../src/domain/civil-time'
import { lotus } from '../../emulator/demo/pictures'
import { DemoPhones, MONDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('a work goes from a resident’s phone past the social worker to a neighbour who likes it, and goes back home with its file', async () => {
  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/gallery/list/index')
  await mother.tap('交作品')
  await mother.sees('选一张图。')
  const [chooser] = await Promise.all([mother.page.waitForEvent('filechooser'), mother.tap('选一张图')])
  await chooser.setFiles({ name: 'lotus.png', mimeType: 'image/png', buffer: lotus() })
  await mother.sees('换一张图')
  await mother.types('叫什么', '第二张荷花')
  await mother.sees('说好署不署名。')
  await mother.tap(/写上我的名字/, 'radio')
  await mother.sees('您交书画「第二张荷花」，写上您的名字。社区看过就放上去。')
  await mother.tap('就交这幅')
  await mother.tap('看看交了哪些')
  await mother.sees('等社区看')

  const social = await demo.phoneOf('demo_li_jing', '/pages/gallery/board/index')
  await social.tap('放上去，第二张荷花')
  await social.sees('「第二张荷花」放上去了')

  const neighbour = await demo.phoneOf('demo_zheng_guoqiang', '/pages/gallery/list/index')
  await neighbour.tap(/第二张荷花，王秀珍/, 'link')
  await neighbour.tap('喜欢')
  await neighbour.sees('1 人喜欢')
  await neighbour.tap('做成图片，发到群里')
  await neighbour.named('存下这张图').waitFor()
  await neighbour.page.getByRole('img', { name: '图片：第二张荷花，王秀珍 · 华光城' }).waitFor()

  const family = await demo.phoneOf('demo_wang_min', '/pages/gallery/list/index')
  await family.tap(/大家一起练八段锦/, 'link')
  await family.tap('图里有我，请撤下')
  await family.tap('收起来')
  await family.sees(/这张图先收起来了，社区 .* 前答复/)
  await family.tap('回乐龄风采')
  await family.sees('第二张荷花')
  await family.seesNoMore('大家一起练八段锦')

  const home = await demo.phoneOf('demo_wang_xiuzhen', '/pages/gallery/mine/index')
  await home.sees('1 人喜欢')
  await home.tap('取回这幅，第二张荷花')
  await home.tap(/^取回$/)
  await home.sees('「第二张荷花」取回了，图删掉了')
}, 90_000)

it('an administrator plans another week and price; an elder books the new time at the new price', async () => {
  const day = addDays(MONDAY, 4)
  const admin = await demo.phoneOf('demo_admin', '/pages/admin/services/index')
  await admin.tap(/^助洁/, 'link')
  await admin.tap('改每周的时间')
  await admin.choosesDate('从哪天起', addDays(MONDAY, 2))
  await admin.tap(new RegExp(`^周${'日一二三四五六'[weekday(day)] ?? ''}`), 'radio')
  await admin.chooses('几点开始', '10:45')
  await admin.tap(/^加到周/)
  await admin.tap('先看会怎样')
  await admin.sees(/多 2 个时间/)
  await admin.tap('就这样定')
  await admin.sees(/起按新的时间/)
  await admin.tap('改价格')
  await admin.choosesDate('从哪天起', addDays(MONDAY, 3))
  await admin.types(/一次多少钱/, '88')
  await admin.tap('先看上个月')
  await admin.tap('就这样定')
  await admin.sees(/起按新的价格/)

  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/services/index')
  await mother.tap(/助洁/, 'link')
  await mother.tap(new RegExp(`${Number(day.slice(8))}日`), 'radio')
  await mother.tap(/^(✓ )?10:45/, 'radio')
  await mother.sees(/10:45.*88 元/)
  await mother.tap('就约这个')
  await mother.sees(/约好了/)
  await mother.sees(/88 元/)
}, 90_000)

it('at the counter: somebody without a phone is put down for an activity, and for half a day in the house', async () => {
  const social = await demo.phoneOf('demo_li_jing', `/pages/social-worker/person/index?personId=${demo.personIds.shenYuee}`)
  await social.tap(/^活动、课程/, 'link')
  await social.tap(/义诊/, 'link')
  await social.sees(/替沈月娥报名义诊/)
  await social.tap('就这样报名')
  await social.sees('替沈月娥报好名了')

  const desk = await demo.phoneOf('demo_li_jing', `/pages/services/index?elderId=${demo.personIds.shenYuee}`)
  await desk.tap(/日托/, 'link')
  await desk.tap(/24日/, 'radio')
  await desk.tap(/^(✓ )?13:00/, 'radio')
  await desk.sees(/给沈月娥约日托/)
  await desk.tap('就约这个')
  await desk.sees(/约好了/)
}, 90_000)
