/** Somebody moved out or died, as staff see it: the second person's word, what was ended, and what the family decides about the points. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Listed } from '@/components/listed'
import { Notice } from '@/components/notice'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { beginsWords, dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Shown = OutputOf<'life.show'>
type Asking = 'confirm' | 'withdraw' | 'points' | null

export function LifeEventScreen({ lifeEventId }: { lifeEventId: string }) {
  const event = useQuery('life.show', { lifeEventId })
  const confirm = useAction('life.confirmDeath')
  const withdraw = useAction('life.withdrawDeath')
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setAsking(null); setAnswered(words); event.reload() }
  const { output } = event
  return (
    <Screen title={output?.elderName ?? '登记'} subtitle={output?.communityName}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={event} shape="detail">
        {(shown) => (
          <>
            {shown.state === 'waiting' ? <Notice tone="gold" icon="users" title="等第二个人核实">{shown.isMine ? '您登记的，要由另一位工作人员核实。核实以前什么都不变。' : '请先核对，再点「核实」。核实以后，一切服务都停。'}</Notice> : null}
            {shown.withdrawn ? <Notice title={`${shown.withdrawn.byName} ${momentWords(shown.withdrawn.at)} 撤回了`}>{shown.withdrawn.words}</Notice> : null}
            <Card label="登记">
              <Fact term={shown.what === 'died' ? '去世' : '迁出'}>{dateWords(shown.fromOn)}</Fact>
              <Fact term="登记的人">{shown.byName}，{momentWords(shown.at)}</Fact>
              {shown.confirmedByName ? <Fact term="核实的人">{shown.confirmedByName}{shown.confirmedAt === null ? '' : `，${momentWords(shown.confirmedAt)}`}</Fact> : null}
              {shown.words ? <Fact term="备注">{shown.words}</Fact> : null}
              {shown.family.length > 0 ? <Fact term="家人">{shown.family.map((one) => `${one.kinship}${one.name}`).join('、')}</Fact> : null}
            </Card>
            {asking === 'confirm' ? (
              <ConfirmSheet question={`核实${shown.elderName}去世？核实以后不能撤回：预约、餐、每周的安排都停，通知不再发，家人代办的授权也停。`} yes="核实" no="先不" isDangerous isBusy={confirm.isPending} onNo={() => setAsking(null)} onYes={async () => { if (await confirm.run({ lifeEventId })) done('核实了，服务都停了'); else event.reload() }}>
                {confirm.problem ? <Problem problem={confirm.problem} /> : null}
              </ConfirmSheet>
            ) : null}
            {asking === 'withdraw' ? (
              <ReasonSheet question={`撤回${shown.elderName}的登记？`} yes="撤回" label="为什么" maxLength={80} isBusy={withdraw.isPending} problem={withdraw.problem} onNo={() => setAsking(null)} onYes={async (words) => { if (await withdraw.run({ lifeEventId, words })) done('撤回了，什么都没有变'); else event.reload() }} />
            ) : null}
            {asking === 'points' ? <PointsSheet shown={shown} onNo={() => setAsking(null)} onDone={done} /> : null}
            {asking === null && shown.acts.includes('confirm') ? <Button onPress={() => { setAnswered(null); setAsking('confirm') }}>核实</Button> : null}
            {asking === null && shown.acts.includes('withdraw') ? <Button kind="outline" onPress={() => { setAnswered(null); setAsking('withdraw') }}>弄错了，撤回</Button> : null}
            {asking === null && shown.acts.includes('decidePoints') ? <Notice icon="users" title={`还有 ${shown.points ?? 0} 分停着`} actions={<Button kind="outline" onPress={() => { setAnswered(null); setAsking('points') }}>照家属的意思办</Button>}>等家属商量好，再办。不会到期。</Notice> : null}
            {shown.decided ? <Card label="积分"><Fact term="积分">{shown.decided.amount} 分，{shown.decided.how === 'given' ? `转给${shown.decided.toName ?? ''}` : '捐给社区爱心池'}</Fact><Fact term="谁说的">{shown.decided.saidBy}，{shown.decided.byName}办的，{momentWords(shown.decided.at)}</Fact></Card> : null}
            <Listed
              title="停了的"
              lines={[
                ...shown.series.map((one) => ({ title: `每周的${one.title}`, detail: one.detail })),
                ...shown.ended.map((one) => ({ title: one.title, detail: `${beginsWords(one.startsAt)} · ${one.detail}` })),
              ]}
            />
          </>
        )}
      </Content>
    </Screen>
  )
}

function PointsSheet({ shown, onNo, onDone }: { shown: Shown; onNo: () => void; onDone: (words: string) => void }) {
  const decide = useAction('life.decidePoints')
  const [to, setTo] = useState<string | null>(null)
  const [saidBy, setSaidBy] = useState('')
  const name = saidBy.trim()
  const member = shown.family.find((one) => one.personId === to)
  return (
    <ConfirmSheet
      question={`${shown.elderName}留下的 ${shown.points ?? 0} 分，${member ? `转给${member.kinship}${member.name}` : to === 'pot' ? '捐给社区爱心池' : '家属怎么说'}？办了不能改。`} yes="照这样办" no="先不办" isBusy={decide.isPending} isDisabled={to === null || name.length < 2} onNo={onNo}
      onYes={async () => { if (to !== null && (await decide.run({ lifeEventId: shown.lifeEventId, saidBy: name, to: to === 'pot' ? { how: 'donated' } : { how: 'given', personId: to } }))) onDone('办好了') }}
    >
      {decide.problem ? <Problem problem={decide.problem} /> : null}
      <AnswerChoice label="给谁" selected={to === null ? [] : [to]} onChoose={setTo} answers={[...shown.family.map((one) => ({ key: one.personId, title: `${one.kinship}${one.name}` })), { key: 'pot', title: '捐给社区爱心池' }]} />
      <Box><Field label="哪位家属说的" value={saidBy} onChange={setSaidBy} maxLength={20} /></Box>
    </ConfirmSheet>
  )
}
