/**
 * From a survey to its result in a real browser: a social worker writes it into a notice, the mother fills it in on her
 * phone, her daughter finds it done, it is counted at its hour, and the result comes back to everybody as a notice.
 */
import { at, DemoPhones, MONDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('is written, filled in once, counted at its hour, and read by everybody with its figures', async () => {
  const social = await demo.phoneOf('demo_li_jing', '/pages/notice-work/write/index')
  await social.types('标题', '花坛种什么花')
  await social.types('要说的话', '门口的花坛 12月1日 换花，请您选一选。')
  await social.tap(/活动、问卷、各家意见/, 'link')
  await social.tap('一份问卷', 'radio')
  await social.choosesDate('填到哪天', MONDAY)
  await social.chooses('填到几点', '12:00')
  await social.types('第 1 题问什么', '想种什么花')
  await social.types('第 1 题的答案 1', '月季')
  await social.types('第 1 题的答案 2', '桂花')
  await social.sees('带上 1 个问题，记名，填到今天 12:00。')
  await social.tap('就带这个')
  await social.sees('记下了')
  await social.tap('回到通知')
  await social.sees('带了一份问卷')
  await social.tap('看看老人看到的样子')
  await social.tap('就这样发')
  await social.tap('看看这条通知')
  await social.tap(/^问卷/, 'link')
  await social.sees('填完才看得到结果')

  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/notices/list/index')
  await mother.tap(/花坛种什么花/, 'link')
  await mother.tap(/请填一填/, 'link')
  await mother.sees('还没有答：想种什么花')
  await mother.tap('桂花', 'radio')
  await mother.sees('您说：想种什么花：桂花。交了就不改。')
  await mother.tap('交上去')
  await mother.sees('交好了，谢谢您')
  await mother.sees(/您填过了/)
  expect(await mother.shows('交上去')).toBe(false)
  const [survey] = await demo.all('notices', (notice) => (notice['text'] as { title: string }).title === '花坛种什么花')
  const noticeId = String(survey?.['_id'])
  expect(await demo.refusalOf('demo_wang_min', 'survey.answer', { noticeId, elderId: demo.personIds.wangXiuzhen, said: [{ questionId: 'q1', optionIds: ['o1'], words: null }] })).toBe('ANSWERED_ALREADY')
  await demo.meanwhile('demo_zheng_guoqiang', 'survey.answer', { noticeId, elderId: demo.personIds.zhengGuoqiang, said: [{ questionId: 'q1', optionIds: ['o2'], words: null }] })

  await demo.emulator.moveTo(at('12:03'))
  await social.tap('把结果写成通知')
  await social.tap('就这样发')
  await social.sees('交上去了')
  const read = await demo.phoneOf('demo_wang_xiuzhen', '/pages/notices/list/index')
  await read.tap(/花坛种什么花：结果/, 'link')
  await read.sees('桂花 2 人（100%）')
  await read.sees('大家是这样说的')
  await read.sees('2 人，100%')
}, 90_000)
