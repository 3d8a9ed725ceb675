/** One activity, for one person: put the name down, take it back, type the organiser's code, and what became of it. */
import Taro from '@tarojs/taro'
import { useState, type ReactNode } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { CodeInput } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { Pieces } from '@/components/pieces'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { askAfterWaiting } from '@/domain/message-templates'
import { courseWords, meets, nameStatusWords, placesWords, sortWords, whyNoPlace } from '@/services/activity-words'
import { canScan, scan } from '@/services/device'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { askForMessages } from '@/services/subscribe'
import { momentWords, proofWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { heldWords, positionWords } from '@/services/waitlist-words'

type Activity = OutputOf<'activity.show'>

const LOOK_AGAIN_MS = 6_000
const CODE = 6
const openCertificate = (bookingId: string) => { void Taro.navigateTo({ url: `/pages/activities/certificate/index?bookingId=${bookingId}` }) }
const openMine = (elderId: string) => { void Taro.navigateTo({ url: `/pages/waitlist/mine/index?elderId=${elderId}` }) }

/** `pictures`: those of the activity, once there are some. */
export function ActivityScreen({ activityId, elderId, pictures }: { activityId: string; elderId: string; pictures: ReactNode }) {
  const now = useServerNow()
  const activity = useQuery('activity.show', { activityId, elderId }, { pollMs: LOOK_AGAIN_MS })
  const certify = useAction('activity.certify')
  const [join, leave, checkIn, wait, accept] = [useAction('activity.join'), useAction('booking.cancel'), useAction('activity.checkIn'), useAction('waitlist.join'), useAction('waitlist.accept')]
  const [isLeaving, setLeaving] = useState(false)
  const [code, setCode] = useState('')
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = activity
  const whose = output === undefined ? '' : output.isMe ? '您' : output.elderName
  const sentence = output === undefined ? '' : `${output.isMe ? '您' : `替${output.elderName}`}报名${output.title}，${output.course ? `一共 ${output.course.sessions.length} 课，第 1 课` : ''}${whenWords(output.startsAt, meets({ ...output, course: output.course && { ...output.course, n: 1 } }).endsAt, now)}，在${output.place}，不收费。`
  const read = useReadAloud(sentence)
  const may = (act: Activity['acts'][number]): boolean => output?.acts.includes(act) === true
  const done = (words: string) => { setAnswered(words); setLeaving(false); setCode(''); activity.reload() }
  const run = async (act: Promise<unknown>, words: string) => { if ((await act) === undefined) activity.reload(); else done(words) }
  const bookingId = output?.mine?.bookingId ?? ''
  const arrive = (digits: string) => run(checkIn.run({ bookingId, code: digits }), '签到好了')
  const scanIt = async () => {
    const digits = (await scan())?.replace(/\D/g, '') ?? ''
    if (digits.length !== CODE) return
    setCode(digits)
    await arrive(digits)
  }
  const takeCertificate = async () => { if (await certify.run({ bookingId })) openCertificate(bookingId); activity.reload() }
  const problem = certify.problem ?? join.problem ?? leave.problem ?? checkIn.problem ?? wait.problem ?? accept.problem
  const beginToWait = async () => {
    const done = await wait.run({ elderId, slotId: activityId })
    if (!done) { activity.reload(); return }
    setAnswered(done.position === null ? '正好有名额，给您留着了' : `排上了，${positionWords(whose, done.position)}`)
    activity.reload()
    if (output?.isMe) void askForMessages(askAfterWaiting)
  }
  const offer = output?.offer ?? null
  const isOpenToWait = output?.state === 'full' && output.position === null && offer === null
  const foot = isLeaving || output === undefined ? undefined
    : offer ? <Foot say={`有名额了，${heldWords(whose, offer.until, now)}。`} problem={problem ? <Problem problem={problem} /> : null} other={<Button kind="outline" onPress={() => openMine(elderId)}>看一看，或者不要</Button>} main={<Button isBusy={accept.isPending} onPress={() => run(accept.run({ elderId, slotId: activityId, placeId: offer.placeId }), output.isMe ? '报上了' : `替${output.elderName}报上了`)}>接受</Button>} />
    : isOpenToWait ? <Foot say={`${output.waiting === 0 ? '还没有人排。' : `有 ${output.waiting} 人在排。`}轮到了会告诉${whose}。`} problem={problem ? <Problem problem={problem} /> : null} main={<Button isBusy={wait.isPending} onPress={beginToWait}>排候补</Button>} />
    : may('join') ? <Foot say={sentence} problem={problem ? <Problem problem={problem} /> : null} other={<ReadAloud {...read} />} main={<Button isBusy={join.isPending} onPress={() => run(join.run({ elderId, activityId }), output.isMe ? '报好名了' : `替${output.elderName}报好名了`)}>就这样报名</Button>} />
      : may('checkIn') ? <Foot say="看办活动的人手机上的 6 位数字，输进来。" problem={problem ? <Problem problem={problem} /> : null} main={<Button isDisabled={code.length !== CODE} isBusy={checkIn.isPending} onPress={() => arrive(code)}>签到</Button>} />
        : may('certify') ? <Foot say={`${whose}来了 ${output.mine?.attended.length ?? 0} 课，可以领结业证书了。`} problem={problem ? <Problem problem={problem} /> : null} main={<Button icon="award" isBusy={certify.isPending} onPress={takeCertificate}>领结业证书</Button>} />
          : output.mine?.certificateNumber ? <Foot main={<Button icon="award" onPress={() => openCertificate(bookingId)}>看结业证书</Button>} />
            : undefined
  return (
    <Screen title={output ? sortWords(output.sort) : '活动'} subtitle={output?.communityName} foot={foot}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      {foot === undefined && problem ? <Problem problem={problem} /> : null}
      <Content of={activity} shape="detail">
        {(shown) => (
          <>
            <Card>
              <Box className="stack">
                <PersonLine name={shown.elderName} title={shown.elderName} detail={shown.isMe ? '您自己' : '您替这位办'} />
                <Heading level={2} className="lead">{shown.title}</Heading>
                <Box className="body"><Pieces words={`${shown.course ? `第 ${shown.course.n} 课 ` : ''}${whenWords(meets(shown).startsAt, meets(shown).endsAt, now)}`} /></Box>
                {shown.isCancelled ? <Box className="inline"><Tag tone="warm">取消了</Tag></Box> : shown.mine ? <Box className="inline"><Tag tone={standing(shown, now).tone}>{standing(shown, now).words}</Tag></Box> : null}
                <Box className="body">{shown.what}</Box>
                <Fact term="在哪里">{shown.place}</Fact>
                <Fact term="谁办的">{shown.organiserName}</Fact>
                {shown.isCancelled || now >= shown.startsAt ? null : <><Box className="body tabular">{placesWords(shown)}</Box><Bar share={shown.seats === 0 ? 0 : shown.remaining / shown.seats} tone={shown.remaining <= 2 ? 'warm' : 'willow'} /></>}
              </Box>
            </Card>
            {shown.course && !shown.isCancelled ? <Sessions shown={shown} course={shown.course} now={now} /> : null}
            <Standing shown={shown} whose={whose} elderId={elderId} now={now} />
            {may('checkIn') && !isLeaving ? <CodeInput label="办活动的人手机上的 6 位数字" length={CODE} value={code} onChange={(typed) => { checkIn.clear(); setCode(typed) }} hint="两分钟换一次，请看现在的数字" /> : null}
            {may('checkIn') && canScan && !isLeaving ? <Button kind="outline" icon="qr-code" isBusy={checkIn.isPending} onPress={scanIt}>扫办活动的人手机上的码</Button> : null}
            {now >= shown.startsAt ? pictures : null}
            {isLeaving
              ? <ConfirmSheet question={`${shown.isMe ? '您' : shown.elderName}不去${shown.title}了？`} yes="不去了" isBusy={leave.isPending} onNo={() => setLeaving(false)} onYes={() => run(leave.run({ bookingId }), '退好了，位置让出来了')}>{leave.problem ? <Problem problem={leave.problem} /> : null}</ConfirmSheet>
              : may('leave') ? <Button kind="outline" onPress={() => { setAnswered(null); setLeaving(true) }}>不去了</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Each session of a class, and at which of them this elder was. */
function Sessions({ shown, course, now }: { shown: Activity; course: NonNullable<Activity['course']>; now: number }) {
  const attended = shown.mine?.attended ?? []
  const isOnList = shown.mine !== null
  return (
    <Card>
      <Box className="stack">
        <Heading level={2} className="lead">{courseWords(course)}</Heading>
        {isOnList ? <><Box className="body tabular">到了 {attended.length} 课</Box><Bar share={attended.length / course.needed} /></> : null}
        <Timeline
          label="每一课"
          lines={course.sessions.map(({ startsAt, endsAt }, index) => {
            const was = attended.find((one) => one.n === index + 1)
            const isMissed = isOnList && was === undefined && now > endsAt && index + 1 < course.n
            return { key: `${index}`, mark: was ? ('done' as const) : isMissed ? ('attention' as const) : ('todo' as const), title: `第 ${index + 1} 课`, when: whenWords(startsAt, endsAt, now), ...(was ? { proof: was.proof === 'doorCode' ? '签到了' : proofWords(was.proof) } : isMissed ? { proof: '没有签到' } : {}) }
          })}
        />
      </Box>
    </Card>
  )
}

/** It is over, and nobody can say any more that they are there. */
const isMissed = ({ mine, acts, endsAt }: Activity, now: number): boolean => mine?.status === 'booked' && now >= endsAt && !acts.includes('checkIn')

const standing = (shown: Activity, now: number) => (shown.course && shown.mine?.status === 'checkedIn' && now < shown.endsAt ? ({ words: `到了 ${shown.mine.attended.length} 课`, tone: 'willow' } as const) : isMissed(shown, now) ? ({ words: '没有签到', tone: 'gold' } as const) : nameStatusWords(shown.mine?.status ?? 'booked'))

/** What became of the name, or why there is no place. */
function Standing({ shown, whose, elderId, now }: { shown: Activity; whose: string; elderId: string; now: number }) {
  const { mine } = shown
  if (shown.isCancelled) return <Notice tone="gold" title="活动取消了">{shown.cancelReason ?? ''}</Notice>
  if (mine === null) {
    if (shown.offer) return null
    if (shown.position !== null) return <Notice tone="gold" icon="hourglass" title={positionWords(whose, shown.position)} actions={<Button kind="outline" onPress={() => openMine(elderId)}>看候补</Button>}>轮到了会告诉{whose}，也在首页和「预约」里。</Notice>
    const no = whyNoPlace(shown.state, whose)
    return no === null ? null : <Notice tone="gold" icon="circle-alert" title={no.title} actions={<Button kind="outline" onPress={() => { void Taro.redirectTo({ url: `/pages/activities/list/index` }) }}>看看别的活动</Button>}>{no.next}</Notice>
  }
  if (isMissed(shown, now)) return <Notice tone="gold" title="活动结束了，没有签到">{shown.isMe ? '您来了的话，请和' : '人来了的话，请和'}{shown.organiserName}说一声。</Notice>
  // Of a class that goes on the sessions above say it.
  if (shown.course && mine.status === 'checkedIn' && now < shown.endsAt) return null
  if (mine.status === 'booked') return <Notice title={`${whose}报好名了`}>{now < shown.arriveFrom ? `到了以后签到。${momentWords(shown.arriveFrom, now)} 起可以签到。` : shown.isMe ? '到了以后签到，没带手机就请办活动的人点名。' : '到了用自己的手机签到，没带手机就请办活动的人点名。'}</Notice>
  return (
    <Card>
      <Box className="stack">
        <Heading level={2} className="lead">来了没有</Heading>
        {mine.arrivedAt === null ? <Box className="body">记为没有来，没有积分。</Box> : shown.course ? <Fact term="到了几课">{mine.attended.length} 课</Fact> : <Fact term="到的时候">{momentWords(mine.arrivedAt, now)}</Fact>}
        {mine.proof && !shown.course ? <Fact term="怎么签到的">{mine.proof === 'doorCode' ? '输了签到码' : proofWords(mine.proof)}</Fact> : null}
        {mine.status === 'checkedIn' ? <Box className="body">等另一位社工核实，核实了积分就记进存折{shown.course ? '，来满了就能领证书' : ''}。</Box> : null}
        {mine.verifiedByName ? <Fact term="谁核实的">{mine.verifiedByName}</Fact> : null}
        {mine.status === 'rejected' ? <Box className="body">没有通过核实：{mine.reason ?? ''}</Box> : null}
        {mine.points ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/points/entry/index?entryId=${mine.points?.entryId ?? ''}` }) }}>积分 +{mine.points.earned}，看存折里这一笔</Button> : null}
      </Box>
    </Card>
  )
}
