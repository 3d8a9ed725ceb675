/**
 * A class in a real browser: two sessions and one seat, somebody waits and gets it, types each day's code, and with the
 * list verified by somebody else takes her certificate. And 一键办事 and 身边服务 from the first screen.
 */
import { addDays, DAY, MINUTE } from '../../src/domain/civil-time'
import { at, DemoPhones, MONDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('is waited for, attended with each day’s own code, and ends in a certificate', async () => {
  const social = await demo.phoneOf('demo_li_jing', '/pages/points-work/activities/index')
  await social.tap('办一个活动')
  await social.tap('课程', 'radio')
  await social.types('叫什么', '防摔倒小班')
  await social.types('做什么', '学怎么站稳、怎么起身。')
  await social.chooses('在哪个社区', '华光城')
  await social.types('在哪里', '睦邻中心一楼')
  await social.choosesDate('哪一天', MONDAY)
  await social.chooses('几点开始', '16:00')
  await social.chooses('几点结束', '17:00')
  await social.chooses('一共几课', '2 课')
  await social.chooses('多久一课', '每天一课')
  await social.types('多少个名额', '1')
  await social.sees('来满 2 课发证书。')
  await social.tap('就这样发布')
  await social.sees('发布好了')

  const neighbour = await demo.phoneOf('demo_tang_weiguo', '/pages/activities/list/index')
  await neighbour.tap(/防摔倒小班/, 'link')
  await neighbour.tap('就这样报名')
  await neighbour.sees('您报好名了')
  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/activities/list/index')
  await mother.tap(/防摔倒小班/, 'link')
  await mother.sees('共 2 课，来满 2 课有证书')
  await mother.tap('排候补')
  await mother.sees('您是第 1 位')
  await neighbour.tap('不去了')
  await neighbour.tap('不去了')
  await neighbour.sees('退好了，位置让出来了')
  await demo.emulator.fire('timers', 'lookAtWaitlists')
  await mother.tap('接受')
  await mother.sees('报上了')

  const codeOnPhone = async (): Promise<string> => ((await social.page.getByRole('img', { name: /^签到码：/ }).first().getAttribute('aria-label')) ?? '').replace(/\D/g, '')
  await demo.emulator.moveTo(at('15:45'))
  await social.tap(/防摔倒小班/, 'link')
  await social.sees('到了，用这个码签到')
  const mondays = await codeOnPhone()
  await mother.types('办活动的人手机上的 6 位数字', mondays)
  await mother.tap(/^签到$/)
  await mother.sees('到了 1 课')

  await demo.emulator.pass(DAY)
  await social.sees('到了 0 人')
  await mother.types('办活动的人手机上的 6 位数字', mondays)
  await mother.tap(/^签到$/)
  await mother.sees('数字不对')
  await mother.types('办活动的人手机上的 6 位数字', await codeOnPhone())
  await mother.tap(/^签到$/)
  await mother.sees('到了 2 课')

  await demo.emulator.pass(77 * MINUTE)
  const admin = await demo.phoneOf('demo_admin', '/pages/points-work/activities/index')
  await admin.tap(/^核实$/, 'tab')
  await admin.tap(/防摔倒小班/, 'link')
  await admin.tap('核实这份名单')
  await admin.tap('都核实')
  await admin.sees('核实好了，1 人的积分记到存折里了')
  await mother.tap('领结业证书')
  await mother.sees('准予结业')
  await mother.sees(`第 2 课 ${addDays(MONDAY, 1).slice(5).replace('-', '月')}日`)
}, 90_000)

it('plain words lead to the right screen, and the circle to who is on duty', async () => {
  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/home/index')
  await mother.tap(/一键办事/, 'link')
  await mother.types('您想办什么', '洗澡')
  await mother.tap(/约上门照护/, 'link')
  await mother.sees('助浴')
  const other = await demo.phoneOf('demo_wang_xiuzhen', '/pages/home/index')
  await other.tap(/身边服务/, 'link')
  await other.sees('从 12 幢算起')
  await other.tap(/一键找人/, 'link')
  await other.sees('先找李静')
}, 60_000)
