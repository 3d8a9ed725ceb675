/** One line of the passbook and what stands behind it: what was done, when, with whom, how it was proved, who verified it, by which rule. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading, Words } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Timeline } from '@/components/timeline'
import { civilDate, clockTime } from '@/domain/civil-time'
import { changeWords, lineSaid, pointsWords } from '@/services/points-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, momentWords, proofWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { byWords, lineDetail, lineTitle } from './line-words'
import styles from './passbook.module.scss'

type Entry = OutputOf<'points.entry'>
type Facts = NonNullable<Entry['facts']>
type Mark = NonNullable<Facts['checkIn']>

const known = ['doorCode', 'doorCard', 'elderTap', 'familyTap', 'callBack', 'courierWord', 'rollCall'] as const
/** How a moment was proved; what has no words of its own stays as it was told. */
const markWords = (proof: string, isActivity: boolean): string => {
  const one = known.find((name) => name === proof)
  return one === undefined ? proof : isActivity && one === 'doorCode' ? '签到码' : proofWords(one)
}

const addressOf = (entryId: string, ownerId: string): string => `/pages/points/entry/index?entryId=${entryId}&personId=${ownerId}`

/** `personId`: whose passbook it was opened from; '' when that is not known. */
export function EntryScreen({ entryId, personId }: { entryId: string; personId: string }) {
  const entry = useQuery('points.entry', { entryId, ...(personId === '' ? {} : { personId }) })
  const { output } = entry
  const said = output ? `${output.isMe ? '' : `${output.ownerName}，`}${lineSaid(output.line, civilDate(serverNow()))}。` : ''
  const read = useReadAloud(said)
  return (
    <Screen title="这一笔" subtitle={output && !output.isMe ? `${output.ownerName}的存折` : '积分存折'} foot={output ? <Foot main={<ReadAloud {...read} />} /> : undefined}>
      {entry.code === 'NOT_FOUND' && output === undefined
        // Asked again it is not there either: the way on is the passbook.
        ? <Empty icon="notebook" title="没有找到这一笔" next="存折里的每一笔都在，请从存折里点开。" action={{ words: '回到存折', onPress: () => { void Taro.redirectTo({ url: `/pages/points/passbook/index${personId === '' ? '' : `?personId=${personId}`}` }) } }} />
        : <Content of={entry} shape="detail">{(shown) => <Shown entry={shown} reload={entry.reload} />}</Content>}
    </Screen>
  )
}

function Shown({ entry, reload }: { entry: Entry; reload: () => void }) {
  const { line, facts, reversedBy, reverses } = entry
  const [isReversing, setReversing] = useState(false)
  const [isDone, setDone] = useState(false)
  const detail = lineDetail(line)
  return (
    <>
      {isDone ? <Notice title="冲正好了" isAnnounced>新记了一笔，原来这一笔还留着。</Notice> : null}
      {reversedBy ? (
        <Notice tone="gold" icon="circle-alert" title="这一笔后来冲正了" actions={<TextLink onPress={() => { void Taro.navigateTo({ url: addressOf(reversedBy.entryId, entry.ownerId) }) }}>看冲正的那一笔</TextLink>}>
          {momentWords(reversedBy.at)}，{reversedBy.words}
        </Notice>
      ) : null}
      <Card>
        <Box className="stack-tight">
          <Heading level={2} className="lead">{lineTitle(line)}</Heading>
          {detail ? <Box className="small">{detail}</Box> : null}
          <Box className={line.change < 0 ? 'number price' : 'number accent'}>{line.change === 0 ? `${pointsWords(line.amount)} 分` : changeWords(line.change)}</Box>
          {line.change === 0 ? <Box className="body">可用的积分没有变。</Box> : null}
          <Fact term="余额">{pointsWords(line.balance)}</Fact>
          <Fact term="记账">{momentWords(line.at)}</Fact>
          <Fact term="第几笔">第 {line.seq} 笔</Fact>
        </Box>
      </Card>
      <Heading level={2} className="section">来处</Heading>
      {facts ? <Behind facts={facts} isActivity={entry.evidence.what === 'activity'} /> : null}
      <Card>
        {line.by ? <Fact term="谁办的">{byWords(line.by)}</Fact> : null}
        {entry.merchantName ? <Fact term="用在">{entry.merchantName}</Fact> : null}
        {entry.policyVersion === null ? null : <Fact term="按哪版规则">积分规则第 {entry.policyVersion} 版（示例）</Fact>}
        <Fact term="凭证编号"><Words className={styles.number}>{line.entryId}</Words></Fact>
      </Card>
      {line.kind === 'hold' && entry.isMe ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/points/code/index?personId=${entry.ownerId}` }) }}>看兑换码</Button> : null}
      {reverses ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: addressOf(reverses, entry.ownerId) }) }}>看被冲正的那一笔</Button> : null}
      {entry.acts.includes('openBooking') ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${entry.evidence.id}` }) }}>看这次服务</Button> : null}
      {entry.acts.includes('reverse')
        ? isReversing
          ? <Reverse entry={entry} onNo={() => setReversing(false)} onDone={() => { setReversing(false); setDone(true); reload() }} />
          : <Button kind="dangerOutline" onPress={() => setReversing(true)}>冲正这一笔</Button>
        : null}
    </>
  )
}

function Behind({ facts, isActivity }: { facts: Facts; isActivity: boolean }) {
  const mark = (key: string, title: string, one: Mark | null) => (one ? [{ key, mark: 'done' as const, title, when: momentWords(one.at), proof: markWords(one.proof, isActivity) }] : [])
  const lines = [
    ...mark('in', '签到', facts.checkIn),
    ...mark('out', facts.minutes === null ? '签退' : `签退，一共 ${facts.minutes} 分钟`, facts.checkOut),
    ...(facts.confirmedAt === null ? [] : [{ key: 'confirmed', mark: 'done' as const, title: facts.confirmedAs === 'organiser' ? '组织的人确认了' : facts.confirmedAs === 'callBack' ? '打电话问过，确认了' : '老人这边确认了', when: momentWords(facts.confirmedAt) }]),
    ...(facts.verifiedAt === null ? [] : [{ key: 'verified', mark: 'done' as const, title: facts.verifiedByName ? `${facts.verifiedByName}核实了` : '核实了', when: momentWords(facts.verifiedAt) }]),
  ]
  return (
    <>
      <Card>
        <Box className="stack-tight">
          <Box className="lead">{facts.title}</Box>
          {facts.onDate ? <Fact term="日子"><Pieces words={`${dateWords(facts.onDate)}${facts.startsAt && facts.endsAt ? ` ${clockTime(facts.startsAt)}–${clockTime(facts.endsAt)}` : ''}`} /></Fact> : null}
          {facts.placeName ? <Fact term="地方">{facts.placeName}</Fact> : null}
          {facts.withName ? <Fact term="和谁">{facts.withName}</Fact> : null}
          {facts.reason ? <Fact term="原因">{facts.reason}</Fact> : null}
        </Box>
      </Card>
      {lines.length > 0 ? <Card><Timeline lines={lines} label="凭证" /></Card> : null}
    </>
  )
}

/** A mistake is answered by a line that takes it back; nothing is ever struck out. */
function Reverse({ entry, onNo, onDone }: { entry: Entry; onNo: () => void; onDone: () => void }) {
  const reverse = useAction('points.reverse')
  const [reason, setReason] = useState('')
  return (
    <ConfirmSheet
      question={`冲正${entry.ownerName}的「${lineTitle(entry.line)}」，${pointsWords(entry.line.amount)} 分退回去？`} yes="冲正" isDangerous isBusy={reverse.isPending} isDisabled={reason.trim() === ''} onNo={onNo}
      onYes={async () => { if (await reverse.run({ entryId: entry.line.entryId, reason: reason.trim() })) onDone() }}
    >
      {reverse.problem ? <Problem problem={reverse.problem} /> : null}
      <Field label="为什么" kind="many-words" value={reason} onChange={(typed) => { reverse.clear(); setReason(typed) }} maxLength={80} hint="本人在存折里看得到" />
    </ConfirmSheet>
  )
}
