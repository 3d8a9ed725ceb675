/** A new vote: its title, until when, and in each category at least two to choose from. */
import { useState } from 'react'
import type { InputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { DateField, Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate, isCivilDate, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'

type Poll = InputOf<'poll.open'>
interface Candidate {
  readonly key: number
  readonly name: string
  readonly words: string
}
interface Category {
  readonly key: number
  readonly name: string
  readonly candidates: readonly Candidate[]
}

const AHEAD_AT_MOST = 90
const MOST_CATEGORIES = 12
const MOST_CANDIDATES = 30
const LEAST_CANDIDATES = 2

const nextKey = (rows: readonly { readonly key: number }[]): number => Math.max(0, ...rows.map((row) => row.key)) + 1
const noCandidates: readonly Candidate[] = [{ key: 1, name: '', words: '' }, { key: 2, name: '', words: '' }]

/** The categories that were typed, or what is still missing. */
function read(categories: readonly Category[]): { categories: Poll['categories'] } | { lack: string } {
  const found: Poll['categories'] = []
  for (const category of categories) {
    const name = category.name.trim()
    if (name === '') return { lack: '写上评什么。' }
    const candidates = category.candidates.filter((one) => one.name.trim() !== '')
    if (candidates.length < LEAST_CANDIDATES) return { lack: `「${name}」至少要有两位。` }
    const nameless = candidates.find((one) => one.words.trim() === '')
    if (nameless) return { lack: `写一句为什么推荐${nameless.name.trim()}。` }
    found.push({ categoryId: `category_${category.key}`, name, candidates: candidates.map((one) => ({ candidateId: `candidate_${category.key}_${one.key}`, name: one.name.trim(), words: one.words.trim() })) })
  }
  return { categories: found }
}

export function PollStep({ onBack, onDone }: { onBack: () => void; onDone: (title: string) => void }) {
  const begin = useAction('poll.open')
  const today = civilDate(serverNow())
  const [title, setTitle] = useState('')
  const [words, setWords] = useState('')
  const [closesOn, setClosesOn] = useState(addDays(today, 7))
  const [categories, setCategories] = useState<readonly Category[]>([{ key: 1, name: '', candidates: noCandidates }])
  const [called, said] = [title.trim(), words.trim()]
  const typed = read(categories)
  const lack = called === '' ? '写上叫什么。' : said === '' ? '写上为什么投票。' : !isCivilDate(closesOn) || closesOn <= today ? '选投到哪天，最早明天。' : 'lack' in typed ? typed.lack : null
  const sentence = lack ?? `${called}，投到 ${spokenDate(closesOn)}，${categories.length} 项，每人每项一票，投完才看得到票数。`
  const aloud = useReadAloud(sentence)
  const change = (key: number, part: Partial<Category>) => { begin.clear(); setCategories(categories.map((one) => (one.key === key ? { ...one, ...part } : one))) }
  const submit = async () => {
    if (lack !== null || 'lack' in typed) return
    if (await begin.run({ title: called, words: said, closesOn, categories: typed.categories })) onDone(called)
  }
  return (
    <Step
      title="办一次投票" onBack={onBack}
      foot={<Foot say={sentence} problem={begin.problem ? <Problem problem={begin.problem} /> : null} other={<ReadAloud {...aloud} />} main={<Button isDisabled={lack !== null} isBusy={begin.isPending} onPress={submit}>开始投票</Button>} />}
    >
      <Field label="叫什么" value={title} onChange={setTitle} maxLength={30} placeholder="2026 年度志愿之星" />
      <Field label="为什么投票" kind="many-words" value={words} onChange={setWords} maxLength={200} />
      <DateField label="投到哪天" value={closesOn} onChange={setClosesOn} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} />
      {categories.map((category, index) => (
        <Box key={category.key} className="stack">
          <Heading level={2} className="section">第 {index + 1} 项</Heading>
          <Field label={`第 ${index + 1} 项评什么`} value={category.name} onChange={(name) => change(category.key, { name })} maxLength={20} placeholder="最热心的邻居" />
          {category.candidates.map((candidate, place) => (
            <Card key={candidate.key} label={`第 ${index + 1} 项第 ${place + 1} 位`}>
              <Box className="stack">
                <Field label={`第 ${place + 1} 位是谁`} value={candidate.name} onChange={(name) => change(category.key, { candidates: category.candidates.map((one) => (one.key === candidate.key ? { ...one, name } : one)) })} maxLength={20} />
                <Field label="为什么推荐" value={candidate.words} onChange={(why) => change(category.key, { candidates: category.candidates.map((one) => (one.key === candidate.key ? { ...one, words: why } : one)) })} maxLength={80} />
                {category.candidates.length > LEAST_CANDIDATES ? <Button kind="outline" label={`去掉，第 ${index + 1} 项第 ${place + 1} 位`} onPress={() => change(category.key, { candidates: category.candidates.filter((one) => one.key !== candidate.key) })}>去掉这一位</Button> : null}
              </Box>
            </Card>
          ))}
          {category.candidates.length < MOST_CANDIDATES ? <Button kind="outline" icon="plus" label={`加一位，第 ${index + 1} 项`} onPress={() => change(category.key, { candidates: [...category.candidates, { key: nextKey(category.candidates), name: '', words: '' }] })}>加一位</Button> : null}
          {categories.length > 1 ? <Button kind="quiet" label={`去掉第 ${index + 1} 项`} onPress={() => setCategories(categories.filter((one) => one.key !== category.key))}>去掉这一项</Button> : null}
        </Box>
      ))}
      {categories.length < MOST_CATEGORIES ? <Button kind="outline" icon="plus" onPress={() => setCategories([...categories, { key: nextKey(categories), name: '', candidates: noCandidates }])}>加一项</Button> : null}
    </Step>
  )
}
