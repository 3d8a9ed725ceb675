/**
 * An activity in a real browser: a social worker holds one, the mother puts her name down, comes and types the code on the
 * organiser's phone, an administrator verifies the list, and her passbook opens what stands behind the line.
 */
import { at, DemoPhones, MONDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('is published, joined, proved by the code, verified by somebody else, and stands in the passbook with its evidence', async () => {
  const social = await demo.phoneOf('demo_li_jing', '/pages/points-work/activities/index')
  await social.tap('办一个活动')
  await social.sees('写上叫什么。')
  await social.types('叫什么', '唱老歌')
  await social.types('做什么', '会不会唱都可以来，歌词印得很大。')
  await social.chooses('在哪个社区', '华光城')
  await social.types('在哪里', '睦邻中心一楼')
  await social.choosesDate('哪一天', MONDAY)
  await social.chooses('几点开始', '16:00')
  await social.chooses('几点结束', '17:00')
  await social.types('多少个名额', '12')
  await social.tap('就这样发布')
  await social.sees('发布好了')

  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/home/index')
  await mother.tap(/活动、课程/, 'link')
  await mother.tap(/唱老歌/, 'link')
  await mother.sees(/您报名唱老歌，.*在睦邻中心一楼，不收费。/)
  await mother.tap('就这样报名')
  await mother.sees('剩 11 位，一共 12 位')
  expect(await mother.shows('就这样报名')).toBe(false)

  await demo.emulator.moveTo(at('15:45'))
  await social.tap(/唱老歌/, 'link')
  await social.sees('到了，用这个码签到')
  const spoken = await social.page.getByRole('img', { name: /^签到码：/ }).first().getAttribute('aria-label')
  await mother.types('办活动的人手机上的 6 位数字', (spoken ?? '').replace(/\D/g, ''))
  await mother.tap(/^签到$/)
  await mother.sees('到了，等核实')
  await social.sees('输了签到码')

  await demo.emulator.moveTo(at('17:02'))
  await social.sees('这是您办的，请另一位社工或街道核实。')
  const admin = await demo.phoneOf('demo_admin', '/pages/points-admin/today/index')
  await admin.tap(/活动、课程/, 'link')
  await admin.tap(/^核实$/, 'tab')
  await admin.tap(/唱老歌/, 'link')
  await admin.tap('核实这份名单')
  await admin.sees('1 人来了，0 人没有来，都核实？')
  await admin.tap('都核实')
  await admin.sees('核实好了，1 人的积分记到存折里了')

  await mother.sees('积分 +20，看存折里这一笔')
  const passbook = await demo.phoneOf('demo_wang_xiuzhen', '/pages/points/passbook/index')
  await passbook.tap(/唱老歌/, 'link')
  await passbook.sees('孙洁核实了')
  await passbook.sees('签到码')
  await passbook.sees('睦邻中心一楼')
}, 90_000)
