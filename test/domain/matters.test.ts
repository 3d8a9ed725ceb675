/** 一键办事, as people ask for it: plain words lead to the right page, and every page is there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { matters, mattersFor } from '../../src/features/circle/matters'

const titles = (typed: string): string[] => mattersFor(typed).map(({ title }) => title)

test.each([
  ['洗澡', '约上门照护'], ['我想洗澡', '约上门照护'], ['饭', '订餐送到家'], ['今天吃什么？', '订餐送到家'], ['剪头发', '约上门照护'], ['看病', '约上门照护'], ['配药', '身边服务'], ['过敏', '忌口'],
  ['培训', '活动、课程'], ['义诊', '活动、课程'], ['停水', '看通知'], ['女儿', '家人'], ['换米', '用积分换东西'], ['找社工', '一键找人'], ['排队', '排着的候补'], ['要住院了', '住院、出门'], ['日托', '短住、日托'],
])('%s finds %s', (typed, title) => expect(titles(typed)).toContain(title))

test('nothing typed shows everything, nonsense nothing', () => {
  expect([titles(''), titles(' ')]).toEqual([matters.map(({ title }) => title), matters.map(({ title }) => title)])
  expect(titles('飞机票')).toEqual([])
})

test('every page that it leads to is one of the app', () => {
  const config = readFileSync(join(__dirname, '..', '..', 'src', 'app.config.ts'), 'utf8')
  for (const { page } of matters) {
    const [root, rest] = [page.split('/').slice(1, 3).join('/'), page.split('/').slice(3).join('/')]
    const [pages] = config.split('\n').filter((line) => line.includes(`root: '${root}'`))
    expect([page, pages?.includes(`'${rest}'`)]).toEqual([page, true])
  }
})
