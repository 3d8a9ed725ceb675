/** 转给家人, or to a neighbour in need, or into the pot: to whom, how many, and one plain sentence before it is done. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { inChinese, pointsWords } from '@/services/points-words'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { Cover } from './cover'

type Choices = OutputOf<'points.giveChoices'>
type Need = Choices['needs'][number]
type Whom = 'people' | 'others'

const AMOUNTS = [20, 50, 100, 200]
const POT = 'pot'

/** 想要 300 分，有了 50 分. */
const needWords = (need: Need): string => `想要 ${pointsWords(need.wanted)} 分，有了 ${pointsWords(need.given)} 分`

/** `groupId`: a group that I lead gives; it can only donate. '' for oneself. */
export function GiveScreen({ groupId }: { groupId: string }) {
  return groupId === '' ? <OfMine /> : <OfGroup groupId={groupId} />
}

function OfMine() {
  const personId = useMyId()
  const choices = useQuery('points.giveChoices', personId ? { personId } : null)
  if (!choices.output || !personId) return <Screen title="转积分"><Content of={choices} shape="detail">{() => null}</Content></Screen>
  return <Give key={personId} personId={personId} choices={choices.output} reload={choices.reload} />
}

function OfGroup({ groupId }: { groupId: string }) {
  const passbook = useQuery('points.passbook', { personId: groupId })
  const needs = useQuery('need.list', {})
  const { output } = passbook
  if (!output) return <Screen title="捐积分"><Content of={passbook} shape="detail">{() => null}</Content></Screen>
  const choices: Choices = { cover: output.cover, people: [], leftThisMonth: 0, potName: `${output.cover.communityName}爱心池`, needs: needs.output?.items ?? [] }
  return <Give personId={groupId} choices={choices} isGroup reload={() => { passbook.reload(); needs.reload() }} />
}

function Give({ personId, choices, isGroup = false, reload }: { personId: string; choices: Choices; isGroup?: boolean; reload: () => void }) {
  const { cover } = choices
  const who = isGroup ? cover.name : '您'
  const [whom, setWhom] = useState<Whom>(choices.people.length > 0 ? 'people' : 'others')
  const [toId, setTo] = useState<string | null>(choices.people.length === 1 ? (choices.people[0]?.personId ?? null) : null)
  const [typed, setTyped] = useState('')
  const [words, setWords] = useState('')
  const [done, setDone] = useState<string | null>(null)
  const give = useAction('points.give')
  const donate = useAction('points.donate')
  const person = whom === 'people' ? choices.people.find((one) => one.personId === toId) : undefined
  const need = whom === 'others' ? choices.needs.find((one) => one.needId === toId) : undefined
  const isPot = whom === 'others' && toId === POT
  const limits = [cover.spendable, ...(whom === 'people' ? [choices.leftThisMonth] : []), ...(need ? [need.wanted - need.given] : [])]
  const most = Math.max(0, Math.min(...limits))
  const amount = Number(typed)
  const toWhom = person ? person.name : need ? `${need.communityName}的一位邻居` : isPot ? choices.potName : ''
  const isFit = typed !== '' && amount >= 1 && amount <= most
  const wrong = typed === '' || isFit ? undefined : amount > most ? mostWords(choices, whom, need, most) : '请填 1 分以上的整数。'
  const sentence = toWhom === '' ? '转给谁，请在上面选。' : !isFit ? `给${toWhom}多少分，请在上面填。` : `${who}给${toWhom} ${pointsWords(amount)} 分。转了以后，${who}还剩 ${pointsWords(cover.spendable - amount)} 分，不能自己收回。`
  const read = useReadAloud(inChinese(sentence))
  const problem = give.problem ?? donate.problem
  const clear = () => { give.clear(); donate.clear(); setDone(null) }
  const submit = async () => {
    const posted = person
      ? await give.run({ personId, toPersonId: person.personId, amount, ...(words.trim() ? { words: words.trim() } : {}) })
      : await donate.run({ personId, amount, to: need ? { what: 'need', needId: need.needId } : { what: 'pot' } })
    if (posted) {
      setDone(`给了${toWhom} ${pointsWords(amount)} 分，${who}还剩 ${pointsWords(posted.balance)} 分`)
      setTyped('')
      setWords('')
      void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined)
    }
    reload()
  }
  const isShut = !cover.maySpend || cover.spendable === 0
  return (
    <Screen
      title={isGroup ? '捐积分' : '转积分'} subtitle={isGroup ? cover.name : `还有 ${pointsWords(cover.spendable)}`}
      foot={isShut ? undefined : <Foot say={sentence} problem={problem ? <Problem problem={problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={toWhom === '' || !isFit} isBusy={give.isPending || donate.isPending} onPress={submit}>就这样给</Button>} />}
    >
      {done ? <Notice title={done} isAnnounced>存折里已经记上了。</Notice> : null}
      <Cover cover={cover} />
      {isShut
        ? cover.maySpend ? <Empty icon="notebook" title="现在没有可以给的积分" next="攒了积分，就能转给家人，或者帮帮邻居。" /> : null
        : (
          <>
            {isGroup ? null : <Segments label="给谁" parts={[{ key: 'people', words: '家人' }, { key: 'others', words: '邻居、爱心池' }]} selected={whom} onChoose={(key) => { clear(); setWhom(key === 'others' ? 'others' : 'people'); setTo(null) }} />}
            {whom === 'people' ? <ToPeople choices={choices} selected={toId} onChoose={(key) => { clear(); setTo(key) }} /> : <ToOthers choices={choices} selected={toId} onChoose={(key) => { clear(); setTo(key) }} />}
            {whom === 'people' && choices.people.length > 0 && choices.leftThisMonth === 0 ? <Notice tone="gold" title="这个月不能再转给家人了">下个月可以再转。捐给邻居、爱心池不受限。</Notice> : null}
            {toWhom === '' || most === 0 ? null : (
              <>
                <Field label="多少分" kind="digits" value={typed} maxLength={9} onChange={(value) => { clear(); setTyped(value.replace(/\D/g, '').replace(/^0+/, '')) }} error={wrong} hint={limitWords(choices, whom, need)} />
                <Box className="pair">
                  {AMOUNTS.filter((one) => one <= most).slice(0, 4).map((one) => <Button key={one} kind="outline" label={`${one} 分`} onPress={() => { clear(); setTyped(String(one)) }}>{one} 分</Button>)}
                </Box>
                {whom === 'people' ? <Field label="说句话（可以不写）" value={words} onChange={(value) => { clear(); setWords(value) }} maxLength={40} hint="例如 用于助浴 1 次" /> : null}
              </>
            )}
          </>
        )}
    </Screen>
  )
}

function ToPeople({ choices, selected, onChoose }: { choices: Choices; selected: string | null; onChoose: (key: string) => void }) {
  if (choices.people.length === 0) return <Empty icon="users" title="还没有绑定的家人" next="请家里老人同意您代办，或者请家人绑定您，就能互相转积分。" action={{ words: '去绑定家人', onPress: () => { void Taro.navigateTo({ url: '/pages/family/mine/index' }) } }} />
  return <AnswerChoice label="给哪一位" answers={choices.people.map((one) => ({ key: one.personId, title: one.name, detail: [one.kinship ? `您的${one.kinship}` : '', one.communityName].filter(Boolean).join(' · ') }))} selected={selected ? [selected] : []} onChoose={onChoose} />
}

function ToOthers({ choices, selected, onChoose }: { choices: Choices; selected: string | null; onChoose: (key: string) => void }) {
  const needs = choices.needs.filter((need) => need.isOpen && need.given < need.wanted && !need.isMine)
  return (
    <>
      <Heading level={2} className="strong">帮哪一家</Heading>
      <AnswerChoice
        label="帮哪一家"
        answers={[...needs.map((need) => ({ key: need.needId, title: need.words, detail: `${need.communityName} · ${needWords(need)}` })), { key: POT, title: choices.potName, detail: '社区用来帮有难处的邻居' }]}
        selected={selected ? [selected] : []} onChoose={onChoose}
      />
      <Box className="small">求助都由社工核实过，不写名字。</Box>
    </>
  )
}

/** What may still be given, as far as there is a limit. */
function limitWords(choices: Choices, whom: Whom, need: Need | undefined): string {
  if (need) return `还差 ${pointsWords(need.wanted - need.given)} 分`
  return whom === 'people' ? `这个月还能转 ${pointsWords(choices.leftThisMonth)} 分` : '多少都行'
}

/** Why it is too much. */
function mostWords(choices: Choices, whom: Whom, need: Need | undefined, most: number): string {
  if (most === choices.cover.spendable) return `您现在有 ${pointsWords(most)} 分。`
  if (need) return `这一家只差 ${pointsWords(most)} 分了。`
  return whom === 'people' ? `这个月最多还能转 ${pointsWords(most)} 分。` : `最多 ${pointsWords(most)} 分。`
}
