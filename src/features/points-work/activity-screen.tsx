/**
 * One activity for staff: who is on the list and how each arrival was proved; the organiser shows the code and calls the
 * roll, somebody else verifies all of it in one go.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { BigCode } from '@/components/big-code'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { courseWords, listedWords, meets, nameStatusWords } from '@/services/activity-words'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import type { FindPerson } from './find-person'

type Sheet = OutputOf<'activity.sheet'>
type Name = Sheet['people'][number]
type Asking = 'add' | 'cancel' | 'verify' | null

const LOOK_AGAIN_MS = 4_000

export function ActivitySheetScreen({ activityId, findPerson }: { activityId: string; findPerson: FindPerson }) {
  const now = useServerNow()
  const sheet = useQuery('activity.sheet', { activityId }, { pollMs: LOOK_AGAIN_MS })
  const [join, rollCall, cancel, certify] = [useAction('activity.join'), useAction('activity.rollCall'), useAction('activity.cancel'), useAction('activity.certify')]
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = sheet
  const may = (act: Sheet['acts'][number]): boolean => output?.acts.includes(act) === true
  const done = (words: string) => { setAsking(null); setAnswered(words); sheet.reload() }
  const ask = (what: Asking) => { setAnswered(null); setAsking(what) }
  return (
    <Screen title="活动名单" subtitle={output?.communityName} foot={may('verify') && asking === null ? <Foot say="看过名单和凭证，再一起核实。" main={<Button onPress={() => ask('verify')}>核实这份名单</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={sheet} shape="detail">
        {(shown) => (
          <>
            {may('code') ? <ActivityCode activityId={activityId} now={now} /> : null}
            <Card>
              <Box className="stack">
                <Box className="between"><Heading level={2} className="lead">{shown.title}</Heading>{shown.isCancelled ? <Tag tone="warm">取消了</Tag> : shown.verifiedByName ? <Tag>核实过了</Tag> : null}</Box>
                <Box className="body"><Pieces words={`${shown.course ? `第 ${shown.course.n} 课 ` : ''}${whenWords(meets(shown).startsAt, meets(shown).endsAt, now)}`} /></Box>
                {shown.course ? <Box className="body">{courseWords(shown.course)}</Box> : null}
                <Box className="body">{shown.what}</Box>
                <Fact term="在哪里">{shown.place}</Fact>
                <Fact term="谁办的">{shown.isMine ? '您' : shown.organiserName}</Fact>
                {shown.verifiedByName ? <Fact term="谁核实的">{shown.verifiedByName}</Fact> : null}
                <Box className="body tabular">{listedWords(shown, now)}</Box>
              </Box>
            </Card>
            {shown.isCancelled ? <Notice tone="gold" title="活动取消了">{shown.cancelReason ?? ''}，报了名的人都告诉了。</Notice> : null}
            {shown.blocked && now >= shown.endsAt ? <Notice tone="gold" title="请别人来核实">{shown.blocked === 'SECOND_PERSON' ? '这是您办的，请另一位社工或街道核实。' : '办活动的是您家里人，请另一位核实。'}</Notice> : null}
            {asking === 'verify' ? <Verify activityId={activityId} people={shown.people} onNo={() => setAsking(null)} onDone={done} onChanged={sheet.reload} /> : null}
            {rollCall.problem ?? certify.problem ? <Problem problem={(rollCall.problem ?? certify.problem) as NonNullable<typeof rollCall.problem>} /> : null}
            <Heading level={2} className="section">名单</Heading>
            {shown.people.length === 0 ? <Box className="body">还没有人报名。</Box> : null}
            {shown.people.map((one) => (
              <NameCard key={one.bookingId} one={one} isOver={now >= shown.endsAt} onCertify={one.mayCertify ? async () => { if (await certify.run({ bookingId: one.bookingId })) done(`给${one.name}发了结业证书`) } : undefined} onCall={may('rollCall') && isAwaited(one, shown) && !one.isOwnCase ? async () => { if (await rollCall.run({ activityId, bookingId: one.bookingId })) done(`点到了${one.name}`) } : undefined} />
            ))}
            {now >= shown.startsAt && !shown.isCancelled ? <Button kind="outline" icon="plus" onPress={() => { void Taro.navigateTo({ url: `/pages/gallery/add/index?activityId=${activityId}` }) }}>放活动照片</Button> : null}
            {asking === 'add'
              ? (
                <Card>
                  <Box className="stack">
                    {join.problem ? <Problem problem={join.problem} /> : null}
                    {findPerson({ label: '谁要来', onChoose: (person) => { void join.run({ elderId: person.personId, activityId }).then((made) => { if (made) done(`替${person.name}报好名了`) }) } })}
                    <Button kind="quiet" onPress={() => setAsking(null)}>先不报</Button>
                  </Box>
                </Card>
              )
              : may('add') && asking === null ? <Button kind="outline" icon="phone-call" onPress={() => ask('add')}>替打电话来的人报名</Button> : null}
            {asking === 'cancel'
              ? <ReasonSheet question={`取消${shown.title}？报了名的人都会知道。`} yes="取消活动" isDangerous isBusy={cancel.isPending} problem={cancel.problem} maxLength={80} onNo={() => setAsking(null)} onYes={async (reason) => { if (await cancel.run({ activityId, reason })) done('取消好了') }} />
              : may('cancel') && asking === null ? <Button kind="dangerOutline" onPress={() => ask('cancel')}>取消这个活动</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Not there yet: of a class, at the session that is on. */
const isAwaited = (one: Name, { course }: Sheet): boolean => one.status === 'booked' || (course !== null && one.status === 'checkedIn' && !one.attended.includes(course.n))

/** The rotating code that those who come type. */
function ActivityCode({ activityId, now }: { activityId: string; now: number }) {
  const { output } = useQuery('activity.code', { activityId }, { pollMs: LOOK_AGAIN_MS })
  if (!output || output.validUntil <= now) return null
  return (
    <Card tone="willow">
      <Box className="stack">
        <Box className="lead centre">到了，用这个码签到</Box>
        <BigCode digits={output.code} scanned={output.code} label="签到码" />
        <Box className="lead centre tabular">{output.expected} 人报名，到了 {output.arrived} 人</Box>
        <Box className="small centre">{clockTime(output.validUntil)} 换新的，会自己换。</Box>
        <Box className="small centre">只给到场的人看。没带手机的，在名单里点名。</Box>
      </Box>
    </Card>
  )
}

const proofOf = (one: Name): string => (one.arrivedAt === null ? '' : `${clockTime(one.arrivedAt)} ${one.proof === 'rollCall' ? '点名（凭证较弱）' : '输了签到码'}`)

function NameCard({ one, isOver, onCall, onCertify }: { one: Name; isOver: boolean; onCall: (() => void) | undefined; onCertify: (() => void) | undefined }) {
  const { words, tone } = isOver && one.status === 'booked' ? ({ words: '没有签到', tone: 'gold' } as const) : nameStatusWords(one.status)
  return (
    <Card label={one.name}>
      <Box className="stack-tight">
        <Box className="between"><Box className="lead">{one.name}</Box><Tag tone={tone}>{words}</Tag></Box>
        {proofOf(one) ? <Box className="small">{proofOf(one)}</Box> : null}
        {one.bookedByName === one.name ? null : <Box className="small">{one.bookedByName}替报的名</Box>}
        {one.points === null ? null : <Box className="small">积分 +{one.points}</Box>}
        {one.isOwnCase && one.status !== 'verified' ? <Box className="small">您家里人，请别人核实。</Box> : null}
        {one.attended.length > 0 ? <Box className="small">到了第 {one.attended.join('、')} 课</Box> : null}
        {onCertify ? <Button kind="outline" icon="award" label={`发结业证书，${one.name}`} onPress={onCertify}>发结业证书</Button> : null}
        {one.certificateNumber ? <Button kind="outline" icon="award" label={`看证书，打印，${one.name}`} onPress={() => { void Taro.navigateTo({ url: `/pages/activities/certificate/index?bookingId=${one.bookingId}` }) }}>看证书，打印</Button> : null}
        {onCall ? <Button kind="outline" label={`点名，${one.name}`} onPress={onCall}>点名：到了</Button> : null}
      </Box>
    </Card>
  )
}

/** Names everybody whom one tap decides; who is not accepted is chosen, with the reason. */
function Verify({ activityId, people, onNo, onDone, onChanged }: { activityId: string; people: readonly Name[]; onNo: () => void; onDone: (words: string) => void; onChanged: () => void }) {
  const verify = useAction('activity.verify')
  const [unfit, setUnfit] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')
  const mine = people.filter((one) => !one.isOwnCase)
  const came = mine.filter((one) => one.status === 'checkedIn')
  const absent = mine.filter((one) => one.status === 'booked')
  const weak = came.filter((one) => one.proof === 'rollCall').length
  return (
    <ConfirmSheet
      question={`${came.length - unfit.length} 人来了，${absent.length} 人没有来，都核实？`} yes="都核实" isBusy={verify.isPending} isDisabled={unfit.length > 0 && reason.trim() === ''} onNo={onNo}
      onYes={async () => {
        const answer = await verify.run({ activityId, ...(unfit.length > 0 ? { unfit: [...unfit], reason: reason.trim() } : {}) })
        if (answer) onDone(`核实好了，${answer.verified} 人的积分记到存折里了${answer.left > 0 ? `，还有 ${answer.left} 人请别人核实` : ''}`)
        else onChanged()
      }}
    >
      {verify.problem ? <Problem problem={verify.problem} /> : null}
      {absent.length > 0 ? <Box className="body">没有来：{absent.map((one) => one.name).join('、')}。</Box> : null}
      {weak > 0 ? <Box className="body">其中 {weak} 人是点名的，凭证弱一些。</Box> : null}
      {came.length > 0 ? <Box className="body">有谁不能算，点上，再写为什么。</Box> : null}
      {came.length > 0 ? <AnswerChoice isMany label="哪些不算（可以不选）" selected={unfit} onChoose={(key) => setUnfit(unfit.includes(key) ? unfit.filter((one) => one !== key) : [...unfit, key])} answers={came.map((one) => ({ key: one.bookingId, title: `${one.name}不算`, detail: proofOf(one) }))} /> : null}
      {unfit.length > 0 ? <Field label="为什么不算" kind="many-words" value={reason} onChange={setReason} maxLength={80} /> : null}
    </ConfirmSheet>
  )
}
