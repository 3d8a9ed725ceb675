/** 人工加分: credits without a visit or shift behind them; above the policy's limit a second administrator decides. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { PersonBar, PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { pointsWords } from '@/services/points-words'
import { useReadAloud } from '@/services/speech'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { FindMember, type Member } from './find-member'

type ByHand = OutputOf<'points.byHandList'>['items'][number]

const MOST_POINTS = 1_000_000
const stateWords = { waiting: { words: '等第二个人定', tone: 'gold' }, approved: { words: '加了', tone: 'willow' }, refused: { words: '没有同意', tone: 'plain' } } as const

export function ByHandScreen() {
  const pages = usePages('points.byHandList', {})
  const [isMaking, setMaking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { first, items, problem } = pages
  const limit = first.output?.limit
  const done = (words: string) => { setMaking(false); setAnswered(words); first.reload() }
  if (isMaking && limit !== undefined) return <ByHandStep limit={limit} onBack={() => setMaking(false)} onDone={done} />
  return (
    <Screen title="人工加分" foot={<Foot main={<Button isDisabled={limit === undefined} icon="plus" onPress={() => { setAnswered(null); setMaking(true) }}>给一位加分</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={first}>
        {(shown) => (
          <Box className="stack">
            <Box className="small">{pointsWords(shown.limit)} 分以内一个人就能加，再多要另一位管理员同意。谁加的、为什么，都记着。</Box>
            {shown.waiting.length > 0 ? <Heading level={2} className="section">等第二个人定</Heading> : null}
            {shown.waiting.map((one) => <ByHandCard key={one.byHandId} one={one} onDone={done} />)}
            {shown.waiting.length > 0 && items.length > 0 ? <Heading level={2} className="section">定过的</Heading> : null}
            {shown.waiting.length + items.length === 0 ? <Empty icon="clipboard-list" title="还没有人工加过分" next="能签到的，还是签到；实在没有记上的，才这样加。" /> : null}
            {items.map((one) => <ByHandCard key={one.byHandId} one={one} onDone={done} />)}
            {problem ? <Problem problem={problem} onRetry={() => { void pages.next() }} /> : null}
            <Pager {...pages} of="人工加分" />
          </Box>
        )}
      </Content>
    </Screen>
  )
}

function ByHandCard({ one, onDone }: { one: ByHand; onDone: (words: string) => void }) {
  const decide = useAction('points.byHandDecide')
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null)
  const state = stateWords[one.status]
  const no = () => { decide.clear(); setAsking(null) }
  return (
    <Card tone={one.status === 'waiting' ? 'gold' : 'plain'} label={`${one.ownerName}，${pointsWords(one.amount)} 分`}>
      <Box className="stack">
        <PersonLine name={one.ownerName} title={`${one.ownerName} +${pointsWords(one.amount)} 分`} detail={`${one.words} · ${one.communityName}`} />
        <Box className="inline"><Tag tone={state.tone}>{state.words}</Tag>{one.isGroup ? <Tag tone="plain">团队</Tag> : null}</Box>
        <Box>
          <Fact term="为什么">{one.reason}</Fact>
          <Fact term="谁加的">{one.byMe ? '您' : one.byName}，{momentWords(one.at)}</Fact>
          {one.decided ? <Fact term="谁定的">{one.decided.byName}，{momentWords(one.decided.at)}</Fact> : null}
          {one.decided?.reason ? <Fact term="原因">{one.decided.reason}</Fact> : null}
        </Box>
        {one.status !== 'waiting'
          ? null
          : one.byMe
            ? <Box className="small">您加的，要请另一位管理员来定。</Box>
            : asking === 'approve'
              ? (
                <ConfirmSheet question={`同意给${one.ownerName}加 ${pointsWords(one.amount)} 分？`} yes="同意" isAside isBusy={decide.isPending} onNo={no} onYes={async () => { if (await decide.run({ byHandId: one.byHandId, isApproved: true })) onDone(`加好了，${one.ownerName}的存折里多了 ${pointsWords(one.amount)} 分`) }}>
                  {decide.problem ? <Problem problem={decide.problem} /> : null}
                </ConfirmSheet>
              )
              : asking === 'refuse'
                ? <ReasonSheet question={`不同意给${one.ownerName}加分？`} yes="不同意" isBesides hint={`${one.byName}看得到这句话`} isBusy={decide.isPending} problem={decide.problem} onNo={no} onYes={async (reason) => { if (await decide.run({ byHandId: one.byHandId, isApproved: false, reason })) onDone('记下了，没有同意') }} />
                : (
                  <Box className="pair">
                    <Button kind="outline" label={`不同意，${one.ownerName}`} onPress={() => setAsking('refuse')}>不同意</Button>
                    <Button kind="outline" label={`同意，${one.ownerName}`} onPress={() => setAsking('approve')}>同意</Button>
                  </Box>
                )}
      </Box>
    </Card>
  )
}

function ByHandStep({ limit, onBack, onDone }: { limit: number; onBack: () => void; onDone: (words: string) => void }) {
  const add = useAction('points.byHand')
  const [person, setPerson] = useState<Member | null>(null)
  const [amount, setAmount] = useState('')
  const [words, setWords] = useState('')
  const [reason, setReason] = useState('')
  const [points, said, because] = [Number(amount), words.trim(), reason.trim()]
  const lack = person === null ? '先找到是哪一位。' : points < 1 || points > MOST_POINTS ? '加多少分，写整数。' : said === '' ? '写上存折上怎么写。' : because === '' ? '写上为什么加。' : null
  const needsSecond = points > limit
  const sentence = lack ?? `给${person?.name ?? ''}（${person?.communityName ?? ''}）加 ${pointsWords(points)} 分：${said}。${needsSecond ? '超过上限，要另一位管理员同意。' : '马上到账。'}`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (person === null || lack !== null) return
    const done = await add.run({ ownerId: person.personId, amount: points, words: said, reason: because })
    if (done) onDone(done.status === 'waiting' ? `记下了，等另一位管理员同意` : `加好了，${person.name}的存折里多了 ${pointsWords(points)} 分`)
  }
  return (
    <Step
      title="给一位加分" onBack={onBack}
      foot={<Foot say={sentence} problem={add.problem ? <Problem problem={add.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={add.isPending} onPress={submit}>加分</Button>} />}
    >
      {person ? <PersonBar name={person.name} words={[person.communityName, person.phoneMasked ?? ''].filter(Boolean).join(' · ')} onChange={() => { add.clear(); setPerson(null) }} /> : <FindMember label="给哪一位" onChoose={setPerson} />}
      {person
        ? (
          <Box className="stack-wide">
            <Field label="加多少分" kind="digits" value={amount} onChange={(next) => { add.clear(); setAmount(next.replace(/\D/g, '')) }} maxLength={7} hint={`${pointsWords(limit)} 分以上要两个人`} />
            <Field label="存折上怎么写" value={words} onChange={setWords} maxLength={40} placeholder="睦邻文化节志愿服务" hint="不要写别人的名字" />
            <Field label="为什么加" kind="many-words" value={reason} onChange={setReason} maxLength={120} hint="凭什么、谁说的；以后查账看得到" />
          </Box>
        )
        : null}
    </Step>
  )
}
