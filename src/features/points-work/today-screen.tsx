/** 志愿与积分: shifts that wait for a verdict, those that lack something first, the complete ones in one go; and the way to everything else. */
import { useRef, useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink, Figure } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { call, newRequestId } from '@/services/call'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { minutesWords, shiftLackWords } from '@/services/volunteer-words'
import { wordingOf } from '@/services/wording'
import { blockedWords, verifiersWords } from './blocked-words'
import { open } from './open'

type ShiftRow = OutputOf<'shift.review'>['complete'][number]

/** Where the pages of a list were turned to: the cursors of those before and of the one shown; empty: the first. */
type Turned = readonly string[]

const LOOK_AGAIN_MS = 6_000
/** As many as one tap verifies, one after the other. */
const TOGETHER_AT_MOST = 20
/** Rows of one list shown at once. */
const SHOWN = 5

interface Verified {
  count: number
  left: readonly { key: string; words: string }[]
}

const itemWords = (row: ShiftRow): string => `${row.volunteerName} ${row.title}`

export function PointsTodayScreen() {
  const now = useServerNow()
  const [complete, setComplete] = useState<Turned>([])
  const [exceptions, setExceptions] = useState<Turned>([])
  const [completeCursor, exceptionsCursor] = [complete.at(-1), exceptions.at(-1)]
  const review = useQuery('shift.review', { ...(completeCursor === undefined ? {} : { completeCursor }), ...(exceptionsCursor === undefined ? {} : { exceptionsCursor }) }, { pollMs: LOOK_AGAIN_MS })
  // What is asked about stays as it was asked, whatever comes in meanwhile.
  const [asked, setAsked] = useState<readonly ShiftRow[] | null>(null)
  const [verified, setVerified] = useState<Verified | null>(null)
  const mayVerify = (review.output?.complete ?? []).filter((row) => row.blocked === null).slice(0, TOGETHER_AT_MOST)
  return (
    <Screen
      title={review.output?.isWholeSubdistrict ? '志愿班次' : '志愿与积分'} subtitle={review.output?.isWholeSubdistrict ? '全街道' : undefined}
      foot={mayVerify.length > 0 && asked === null ? <Foot main={<Button onPress={() => { setVerified(null); setAsked(mayVerify) }}>一起核实齐全的 {mayVerify.length} 班</Button>} /> : undefined}
    >
      <Content of={review} shape="tiles">
        {({ complete: whole, nextComplete, exceptions: lacking, nextExceptions, isWholeSubdistrict }) => (
          <>
            <Box className="pair">
              <Figure value={countWords(lacking.length, exceptions, nextExceptions)} words="还缺东西" isUrgent={lacking.length > 0} />
              <Figure value={countWords(whole.length, complete, nextComplete)} words="证据齐" />
            </Box>
            {lacking.length + whole.length === 0 ? <Empty icon="circle-check" title="没有等核实的班次" next="志愿者做完、老人或负责人确认以后，会到这里来。" /> : null}
            {lacking.length > 0 ? <Heading level={2} className="section">先看这些：还缺东西</Heading> : null}
            <Parts rows={lacking} size={SHOWN} of="还缺东西的" beyond={turning(exceptions, nextExceptions, setExceptions)}>
              {(rows) => rows.map((row) => <ShiftCard key={row.shiftId} row={row} now={now} isComplete={false} />)}
            </Parts>
            {verified ? <VerifiedNotice verified={verified} /> : null}
            {whole.length > 0 ? <Heading level={2} className="section">证据齐的</Heading> : null}
            {asked ? <VerifyTogether rows={asked} onNo={() => setAsked(null)} onDone={(done) => { setAsked(null); setVerified(done); review.reload() }} /> : null}
            <Parts rows={whole} size={SHOWN} of="证据齐的" beyond={turning(complete, nextComplete, setComplete)}>
              {(rows) => rows.map((row) => <ShiftCard key={row.shiftId} row={row} now={now} isComplete />)}
            </Parts>
            {isWholeSubdistrict ? <Card label="还有"><Rows><Row icon="calendar-days" title="志愿任务" detail="全街道的，看谁报了名" onPress={() => open('board')} /><Row icon="users" title="活动、课程" detail="全街道的，看名单，核实谁来了" onPress={() => open('activities')} /></Rows></Card> : null}
          </>
        )}
      </Content>
      {review.output?.isWholeSubdistrict === true
        ? null
        : (
          <>
            <Heading level={2} className="section">还有</Heading>
            <MoreOfPoints />
          </>
        )}
    </Screen>
  )
}

/** How many are on this page, and whether there are others. */
const countWords = (count: number, turned: Turned, next: string | null): number | string => (next === null && turned.length === 0 ? count : `${count}+`)

const turning = (turned: Turned, next: string | null, turn: (turned: Turned) => void) => ({
  hasNext: next !== null, hasPrevious: turned.length > 0, next: () => { if (next !== null) turn([...turned, next]) }, previous: () => turn(turned.slice(0, -1)),
})

/** Everything else about volunteers and points in one's communities. */
function MoreOfPoints() {
  const waiting = useQuery('worker.waiting', {}).output?.activities ?? 0
  return (
    <Card label="还有">
      <Rows>
        <Row icon="calendar-days" title="志愿任务" detail="发布任务，看谁报了名" onPress={() => open('board')} />
        <Row icon="users" title="活动、课程" detail={waiting > 0 ? `${waiting} 个等核实` : '办活动，看名单，核实谁来了'} onPress={() => open('activities')} />
        <Row icon="clock" title="补录工时" detail="替人补记，或复核别人补的" onPress={() => open('desk')} />
        <Row icon="circle-alert" title="疑点" detail="看着不对的积分，和为什么" onPress={() => open('flags')} />
        <Row icon="hand-heart" title="爱心求助" detail="替有难处的老人求一点积分" onPress={() => open('needs')} />
        <Row icon="gift" title="爱心池" detail="进来多少、给了谁、还有多少" onPress={() => open('pots')} />
        <Row icon="users" title="结对" detail="志愿者和老人长期结对" onPress={() => open('pairs')} />
        <Row icon="clipboard-list" title="项目认领" detail="发布项目，核实团队做完的" onPress={() => open('projects')} />
        <Row icon="building-2" title="志愿团队" detail="谁带队，有哪些人" onPress={() => open('groups')} />
        <Row icon="shield-check" title="查一遍总账" detail="每一分都对得上吗" onPress={() => open('check')} />
      </Rows>
    </Card>
  )
}

/** Names everything that one tap is about to verify; each is verified on its own, so one that is refused holds up nobody. */
function VerifyTogether({ rows, onNo, onDone }: { rows: readonly ShiftRow[]; onNo: () => void; onDone: (verified: Verified) => void }) {
  const keys = useRef<ReadonlyMap<string, string>>(new Map(rows.map((row) => [row.shiftId, newRequestId()])))
  const question = `这 ${rows.length} 班签到、签退、确认都有凭证，都核实？`
  const read = useReadAloud(`${rows.map(itemWords).join('、')}，共 ${rows.length} 班。${question}`)
  const [isBusy, setBusy] = useState(false)
  const verifyAll = async () => {
    setBusy(true)
    const left: { key: string; words: string }[] = []
    for (const row of rows) {
      try {
        await call('shift.verify', { shiftId: row.shiftId, outcome: 'verified' }, { requestId: keys.current.get(row.shiftId) ?? newRequestId() })
      } catch (error) {
        left.push({ key: row.shiftId, words: `${itemWords(row)}：${wordingOf(error).title}` })
      }
    }
    onDone({ count: rows.length - left.length, left })
  }
  return (
    <ConfirmSheet question={question} yes="都核实" isBusy={isBusy} onNo={onNo} onYes={verifyAll}>
      <Box spoken={{ role: 'list', label: '要核实的' }}>
        {rows.map((row) => <Box key={row.shiftId} className="body" spoken={{ role: 'listitem' }}>{itemWords(row)}{row.servedMinutes === null ? '' : `，${minutesWords(row.servedMinutes)}`}</Box>)}
      </Box>
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}

function VerifiedNotice({ verified }: { verified: Verified }) {
  return (
    <Notice tone={verified.left.length > 0 ? 'gold' : 'willow'} isAnnounced title={verified.count > 0 ? `核实好了 ${verified.count} 班，积分记到存折里了` : '一班也没有核实'}>
      {verified.left.length > 0 ? `还有 ${verified.left.length} 班没有核实。` : ''}
      {verified.left.map((left) => <Box key={left.key}>{left.words}</Box>)}
    </Notice>
  )
}

function ShiftCard({ row, now, isComplete }: { row: ShiftRow; now: number; isComplete: boolean }) {
  const times = row.checkedInAt === null ? '' : `${clockTime(row.checkedInAt)}–${row.checkedOutAt === null ? '？' : clockTime(row.checkedOutAt)}`
  return (
    <CardLink onPress={() => open('shift', `shiftId=${row.shiftId}`)}>
      <Box className="between">
        <Box className="lead">{row.volunteerName} · {row.title} ›</Box>
        {isComplete ? <Tag>证据齐</Tag> : null}
      </Box>
      <Box className="small">{whenWords(row.startsAt, row.endsAt, now)} · {row.communityName}</Box>
      {times ? <Box className="small tabular">签到签退 {times}{row.confirmedByName ? ` · ${row.confirmedByName}确认` : ''}</Box> : null}
      {row.missing.length > 0 ? <Box className="inline">{row.missing.map((what) => <Tag key={what} tone={what === 'disputed' ? 'warm' : 'gold'}>{shiftLackWords(what)}</Tag>)}</Box> : null}
      {row.blocked === null ? null : <Box className="small">{blockedWords(row.blocked)}</Box>}
      <Box className="small">{verifiersWords(row.verifiers)}</Box>
    </CardLink>
  )
}
