/** 今日工作: who may be in danger first, then what lacks something, then what only needs a yes, then who waits for a word. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink, Figure } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { leftWords, missingShown, servedWords } from '@/services/staff-words'
import { tabsFor } from '@/services/tabs'
import { missingWords, momentWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { byPerson, CallCard } from './call-card'
import { MealCard } from './meal-card'
import { SafetyCard } from './safety-card'

type Today = OutputOf<'worker.today'>
type WorkRow = Today['exceptions'][number]

const LOOK_AGAIN_MS = 5_000
/** As many as one call verifies. */
const TOGETHER_AT_MOST = 20
/** Rows of one list shown at once: with every list full, the screen stays within what an old phone draws in a blink. */
const SHOWN = 5
const SAFETY_SHOWN = 3
const open = (url: string) => { void Taro.navigateTo({ url }) }

/** What waits among volunteers and points: 3 班、1 个项目等核实，2 份补录等复核. */
function pointsWaiting({ shifts, projects, desk, activities }: OutputOf<'worker.waiting'> = { shifts: 0, projects: 0, desk: 0, activities: 0 }): string {
  const toVerify = [shifts > 0 ? `${shifts} 班` : '', projects > 0 ? `${projects} 个项目` : '', activities > 0 ? `${activities} 个活动` : ''].filter(Boolean).join('、')
  return [toVerify === '' ? '' : `${toVerify}等核实`, desk > 0 ? `${desk} 份补录等复核` : ''].filter(Boolean).join('，') || '任务、班次、活动、补录、结对'
}

interface Verified {
  count: number
  left: readonly { key: string; words: string }[]
}

const itemWords = (row: WorkRow): string => `${row.serviceName} ${row.elderName}`

export function SocialTodayScreen() {
  const roles = useStaff()
  const now = useServerNow()
  const today = useQuery('worker.today', {}, { pollMs: LOOK_AGAIN_MS })
  const waiting = useQuery('worker.waiting', {})
  // What is asked about stays as it was asked, whatever comes in meanwhile.
  const [asked, setAsked] = useState<readonly WorkRow[] | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const [verified, setVerified] = useState<Verified | null>(null)
  const { output } = today

  const say = (words: string) => { setVerified(null); setAnswered(words); today.reload() }
  // Whoever is on the card of a case is telephoned from there.
  const isOnCard = (call: OutputOf<'worker.today'>['toCall'][number]): boolean =>
    output?.safety.some((one) => one.safetyCaseId === call.safetyCaseId && (one.elderId === call.personId || one.family.some((member) => member.personId === call.personId))) === true
  const calls = byPerson((output?.toCall ?? []).filter((call) => !isOnCard(call)))
  const complete = (output?.complete ?? []).slice(0, TOGETHER_AT_MOST)
  const meals = (output?.exceptions ?? []).filter((row) => row.kind === 'meal')
  const visits = (output?.exceptions ?? []).filter((row) => row.kind !== 'meal')
  return (
    <Screen
      title="今日工作" subtitle={output?.placeNames.join('、')} hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}
      foot={complete.length > 0 && asked === null ? <Foot main={<Button onPress={() => { setAnswered(null); setVerified(null); setAsked(complete) }}>一起确认证据齐的 {complete.length} 项</Button>} /> : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={today} shape="tiles">
        {(shown) => (
          <>
            <Box className="trio">
              <Figure value={shown.safety.length} words="要去看看" isUrgent={shown.safety.length > 0} />
              <Figure value={shown.exceptions.length} words="要问一问" />
              <Figure value={shown.complete.length} words="证据齐" />
            </Box>
            <Parts rows={shown.safety} size={SAFETY_SHOWN} of="要去看看">
              {(rows) => rows.map((safety) => <SafetyCard key={safety.safetyCaseId} safety={safety} now={now} onChanged={today.reload} />)}
            </Parts>
            <Box className="stack">
              <Button kind="outline" icon="phone-call" onPress={() => open('/pages/social-worker/phone/index')}>接电话：替老人办</Button>
              <Button kind="outline" icon="users" onPress={() => open('/pages/social-worker/people/index')}>柜台：找人、登记</Button>
              <Button kind="outline" icon="door-open" onPress={() => open('/pages/life-work/list/index')}>{(waiting.output?.deaths ?? 0) > 0 ? `去世登记，${waiting.output?.deaths ?? 0} 件等第二个人核实` : '住院、迁出、去世'}</Button>
            </Box>
            {shown.exceptions.length + shown.complete.length === 0 ? <Empty icon="circle-check" title="今天没有要核实的" next="服务做完、老人确认以后，会到这里来；餐没有凭证的也是。" /> : null}
            {meals.length > 0 ? <Heading level={2} className="section">餐送到没有，问一问</Heading> : null}
            <Parts rows={meals} size={SHOWN} of="要问的餐">
              {(rows) => rows.map((row) => <MealCard key={row.bookingId} row={row} now={now} onDone={say} />)}
            </Parts>
            {visits.length > 0 ? <Heading level={2} className="section">先看这些：还缺东西</Heading> : null}
            <Parts rows={visits} size={SHOWN} of="还缺东西的">
              {(rows) => rows.map((row) => <ReviewCard key={row.bookingId} row={row} now={now} isComplete={false} />)}
            </Parts>
            {verified ? <VerifiedNotice verified={verified} /> : null}
            {shown.complete.length > 0 ? <Heading level={2} className="section">证据齐的</Heading> : null}
            {asked ? <VerifyTogether rows={asked} onNo={() => setAsked(null)} onChanged={today.reload} onDone={(done) => { setAsked(null); setVerified(done); today.reload() }} /> : null}
            <Parts rows={shown.complete} size={SHOWN} of="证据齐的">
              {(rows) => rows.map((row) => <ReviewCard key={row.bookingId} row={row} now={now} isComplete />)}
            </Parts>
            <WaitingPeople shown={shown} />
            {calls.length > 0 ? <Heading level={2} className="section">要打电话的 {calls.length} 位</Heading> : null}
            <Parts rows={calls} size={SHOWN} of="要打电话的">
              {(rows) => rows.map((messages) => <CallCard key={messages[0].personId} messages={messages} onDone={say} />)}
            </Parts>
            <Card label="还有"><Rows><Row icon="users" title="乐龄顾问" detail="谁问了，谁还没答复" onPress={() => open('/pages/consult/desk/index')} /><Row icon="hourglass" title="候补" detail="谁在排，排第几，为什么" onPress={() => open('/pages/social-worker/waitlist/index')} /><Row icon="bell" title="通知" detail="写通知，看谁还没知道" onPress={() => open('/pages/notice-work/desk/index')} /><Row icon="award" title="乐龄风采" detail="居民交的作品，请撤下的图" onPress={() => open('/pages/gallery/board/index')} /><Row icon="hand-heart" title="志愿与积分" detail={pointsWaiting(waiting.output)} onPress={() => open('/pages/points-work/today/index')} /><Row icon="building-2" title="等转交的单" detail="你点我送：没答复的、没人接的" onPress={() => open('/pages/menu-work/to-hand-on/index')} /><Row icon="users" title="你点我送" detail="哪家、哪样、服务了多少人" onPress={() => open('/pages/menu-work/figures/index')} /><Row icon="clock" title="门等了多久" detail="安全事件的次数和时间" onPress={() => open('/pages/social-worker/figures/index')} /></Rows></Card>
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Names everything that one tap is about to verify. */
function VerifyTogether({ rows, onNo, onChanged, onDone }: { rows: readonly WorkRow[]; onNo: () => void; onChanged: () => void; onDone: (verified: Verified) => void }) {
  const verify = useAction('visit.verifyComplete')
  const question = `这 ${rows.length} 项签到、签退、确认都有凭证，都核实？`
  const read = useReadAloud(`${rows.map(itemWords).join('、')}，共 ${rows.length} 项。${question}`)
  const verifyAll = async () => {
    const done = await verify.run({ bookingIds: rows.map((row) => row.bookingId) })
    if (!done) { onChanged(); return }
    onDone({
      count: done.verified.length,
      left: done.left.map(({ bookingId, code }) => {
        const row = rows.find((one) => one.bookingId === bookingId)
        return { key: bookingId, words: `${row ? itemWords(row) : '有一项'}：${leftWords(code)}` }
      }),
    })
  }
  return (
    <ConfirmSheet question={question} yes="都核实" isBusy={verify.isPending} onNo={onNo} onYes={verifyAll}>
      <Box spoken={{ role: 'list', label: '要核实的' }}>
        {rows.map((row) => <Box key={row.bookingId} className="body" spoken={{ role: 'listitem' }}>{itemWords(row)}</Box>)}
      </Box>
      {verify.problem ? <Problem problem={verify.problem} /> : null}
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}

function VerifiedNotice({ verified }: { verified: Verified }) {
  return (
    <Notice tone={verified.left.length > 0 ? 'gold' : 'willow'} isAnnounced title={verified.count > 0 ? `核实好了 ${verified.count} 项` : '一项也没有核实'}>
      {verified.left.length > 0 ? `还有 ${verified.left.length} 项没有核实。` : ''}
      {verified.left.map((left) => <Box key={left.key}>{left.words}</Box>)}
    </Notice>
  )
}

function ReviewCard({ row, now, isComplete }: { row: WorkRow; now: number; isComplete: boolean }) {
  const served = servedWords(row)
  return (
    <CardLink onPress={() => open(`/pages/social-worker/review/index?bookingId=${row.bookingId}`)}>
      <Box className="between">
        <Box className="lead">{row.serviceName} · {row.elderName} ›</Box>
        {isComplete ? <Tag>证据齐</Tag> : null}
      </Box>
      <Box className="small">{whenWords(row.startsAt, row.endsAt, now)} · {row.communityName}</Box>
      {served ? <Box className="small">{served}</Box> : null}
      {row.missing.length > 0 ? <Box className="inline">{missingShown(row.missing).map((what) => <Tag key={what} tone={what === 'noContact' ? 'sos' : 'gold'}>{missingWords(what)}</Tag>)}</Box> : null}
    </CardLink>
  )
}

/** People who wait for somebody to meet them, and families who ask to act for an elder. */
function WaitingPeople({ shown }: { shown: Today }) {
  return (
    <>
      {shown.requests.length > 0 ? <Heading level={2} className="section">代办申请</Heading> : null}
      {shown.requests.length > 0
        ? (
          <Card label="代办申请">
            <Parts rows={shown.requests} size={SHOWN} of="代办申请">
              {(rows) => <Rows>{rows.map((request) => (
                <Row
                  key={request.delegationRequestId} title={`${request.fromName}想替${request.elderName}办事`}
                  detail={`${request.kinship} · ${momentWords(request.at)}${request.isMatched ? '' : ' · 还没找到是哪位老人'}`}
                  onPress={() => open(`/pages/social-worker/request/index?delegationRequestId=${request.delegationRequestId}`)}
                />
              ))}</Rows>}
            </Parts>
          </Card>
        )
        : null}
      {shown.toMeet.length > 0 ? <Heading level={2} className="section">新登记，等您见一面</Heading> : null}
      {shown.toMeet.length > 0
        ? (
          <Card label="新登记的人">
            <Parts rows={shown.toMeet} size={SHOWN} of="新登记的人">
              {(rows) => <Rows>{rows.map((person) => (
                <Row key={person.personId} title={person.name} detail={`${person.communityName} · ${momentWords(person.registeredAt)} 登记`} onPress={() => open(`/pages/social-worker/person/index?personId=${person.personId}`)} />
              ))}</Rows>}
            </Parts>
          </Card>
        )
        : null}
    </>
  )
}
