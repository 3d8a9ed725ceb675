/**
 * 接电话: somebody without a phone of their own rings. Who is it (of two of one name, told apart by community and age), is it
 * really them (two answers at least), and then everything that others do on their phones, written down as done for them.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { civilDate } from '@/domain/civil-time'
import type { IdentityQuestion } from '@/domain/identity'
import { noteIdentity } from '@/services/identity'
import { dishWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { awayWords, questionWords, tellApart } from '@/services/staff-words'
import { beginsWords, dayWords, briefStatusWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { FindPeople } from './find-people'
import type { Person } from './person-sheets'

/** Answers that must fit before anything is done in somebody's name. */
const ENOUGH = 2
const open = (url: string) => { void Taro.navigateTo({ url }) }

/** `personId` '': still to be found. `isOnlyAsking`: back to the page that must know who it is. */
export function PhoneScreen({ personId: given, isOnlyAsking }: { personId: string; isOnlyAsking: boolean }) {
  const [personId, setPersonId] = useState(given)
  const [isSure, setSure] = useState(false)
  const [asked, setAsked] = useState<readonly IdentityQuestion[]>([])
  const person = useQuery('person.show', personId === '' ? null : { personId })
  const change = () => { noteIdentity('', null); setPersonId(''); setSure(false); setAsked([]) }
  const sure = () => { noteIdentity(personId, asked); if (isOnlyAsking) void Taro.navigateBack(); else setSure(true) }
  if (personId === '') {
    return (
      <Screen title="接电话" subtitle="替老人办">
        <Box className="body">先问：您叫什么名字？</Box>
        <FindPeople label="打电话的是哪一位" onChoose={(found) => setPersonId(found.personId)} onNone={{ words: '登记这位', onPress: () => open('/pages/social-worker/register/index') }} />
      </Screen>
    )
  }
  if (person.output && !isSure) return <AskStep person={person.output} asked={asked} onAsked={setAsked} onChange={change} onSure={sure} />
  if (person.output) return <WantStep person={person.output} asked={asked} onChange={change} onChanged={person.reload} />
  return <Screen title="接电话"><Content of={person} shape="detail">{() => null}</Content></Screen>
}

/** The questions with what the answer should be; only those that can be checked are offered. */
function AskStep({ person, asked, onAsked, onChange, onSure }: { person: Person; asked: readonly IdentityQuestion[]; onAsked: (asked: readonly IdentityQuestion[]) => void; onChange: () => void; onSure: () => void }) {
  const now = useServerNow()
  const past = useQuery('booking.list', { elderId: person.personId, when: 'past' })
  const lastMeal = past.output?.items.find((booking) => booking.meal !== null && (booking.status === 'delivered' || booking.status === 'handedOver'))
  const family = person.delegates.filter((delegate) => delegate.state === 'active').map((delegate) => `${delegate.kinship}${delegate.name}`)
  const answers: { key: IdentityQuestion; detail: string }[] = [
    { key: 'birthYear', detail: `${person.birthOn.slice(0, 4)} 年，今年 ${person.age} 岁` },
    ...(person.address ? [{ key: 'building' as const, detail: person.address }] : []),
    ...(family.length > 0 ? [{ key: 'familyName' as const, detail: family.join('、') }] : []),
    ...(lastMeal?.meal ? [{ key: 'lastMeal' as const, detail: `${dayWords(lastMeal.onDate, now)} ${lastMeal.serviceName}，${dishWords(lastMeal.meal.dishName, lastMeal.meal.portions)}` }] : []),
  ]
  const lacks = ENOUGH - asked.length
  return (
    <Screen
      title="接电话" subtitle="核对是谁"
      foot={<Foot say={lacks > 0 ? `答对了就点上，还要 ${lacks} 样。` : `对上了，就是${person.name}。`} main={<Button isDisabled={lacks > 0} onPress={onSure}>对上了</Button>} />}
    >
      <PersonBar name={person.name} words={tellApart(person)} onChange={onChange} />
      <Heading level={2} className="section">问一问，答对的点上</Heading>
      <AnswerChoice
        isMany label="问过、答对的" selected={asked} answers={answers.map(({ key, detail }) => ({ key, title: questionWords(key), detail }))}
        onChoose={(key) => onAsked(asked.some((one) => one === key) ? asked.filter((one) => one !== key) : answers.flatMap((one) => (one.key === key || asked.includes(one.key) ? [one.key] : [])))}
      />
      <Box className="small">答案只给您看。不要念出来，请对方说。</Box>
      <CallForHelp person={person} />
    </Screen>
  )
}

/** What they want. Acts that need no page of their own are done here. */
function WantStep({ person, asked, onChange, onChanged }: { person: Person; asked: readonly IdentityQuestion[]; onChange: () => void; onChanged: () => void }) {
  const now = useServerNow()
  const check = useAction('well.check')
  const [answered, setAnswered] = useState<string | null>(null)
  const { personId, name } = person
  const coming = person.coming.filter((booking) => booking.onDate >= civilDate(now))
  const well = async () => {
    const done = await check.run({ elderId: personId })
    if (done) { setAnswered(done.nextAt === null ? `记下了，${name}平安` : `记下了，${name}平安。下一次，${beginsWords(done.nextAt, now)} 前`); onChanged() }
  }
  return (
    <Screen
      title="接电话" subtitle="要办什么"
      foot={person.away ? undefined : <Foot say={`替${name}订餐。办了什么，${name}和家人都查得到。`} main={<Button onPress={() => open(`/pages/meals/order/index?elderId=${personId}`)}>订餐</Button>} />}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <PersonBar name={name} words={tellApart(person)} onChange={onChange} />
      <Box className="inline">{asked.map((question) => <Tag key={question}>{questionWords(question)}</Tag>)}</Box>
      {person.away ? <Notice tone="gold" title={`登记的是${awayWords(person.away.why)}`} actions={<Button kind="outline" onPress={() => open(`/pages/social-worker/person/index?personId=${personId}`)}>回家了？去改</Button>}>回家以前不订餐，也不等报平安。</Notice> : null}
      {coming.length > 0 ? <Heading level={2} className="section">改、取消、打条子</Heading> : null}
      {coming.length > 0
        ? (
          <Card label="订好、约好的">
            <Rows>
              {coming.map((booking) => (
                <Row
                  key={booking.bookingId} title={`${booking.serviceName}${booking.meal ? ` · ${dishWords(booking.meal.dishName, booking.meal.portions)}` : ''}`} detail={whenWords(booking.startsAt, booking.endsAt, now)}
                  end={<Tag tone={briefStatusWords(booking, 'socialWorker').tone}>{briefStatusWords(booking, 'socialWorker').words}</Tag>} onPress={() => open(`/pages/social-worker/review/index?bookingId=${booking.bookingId}`)}
                />
              ))}
            </Rows>
          </Card>
        )
        : null}
      <Heading level={2} className="section">还能替{name}办</Heading>
      {check.problem ? <Problem problem={check.problem} /> : null}
      <Button kind="outline" icon="smile" isBusy={check.isPending} onPress={well}>报平安</Button>
      <Card label="还能办的">
        <Rows>
          <Row icon="gift" title="你点我送" detail="代买、送药、修修补补、磨刀" onPress={() => open(`/pages/menu/list/index?elderId=${personId}`)} />
          <Row icon="house-heart" title="约上门服务" detail="助浴、理发、陪诊、助洁，日托、短住" onPress={() => open(`/pages/services/index?elderId=${personId}`)} />
          <Row icon="users" title="活动、课程" detail="报名，满了就排候补" onPress={() => open(`/pages/activities/list/index?elderId=${personId}`)} />
          <Row icon="calendar-days" title="每周的安排" detail="跳过一回、改时间、暂停" onPress={() => open(`/pages/plan/list/index?elderId=${personId}`)} />
          <Row icon="circle-alert" title="饮食忌口" detail={person.hasDiet ? '登记过' : '没有登记'} onPress={() => open(`/pages/meals/diet/index?elderId=${personId}`)} />
          <Row icon="file-text" title="每月餐费" onPress={() => open(`/pages/meals/month/index?elderId=${personId}`)} />
          <Row icon="clock" title="每天报平安" detail={person.dailyByMinute === null ? '没有开始' : '改时间，或者不报了'} onPress={() => open(`/pages/safety/well/index?elderId=${personId}&as=staff`)} />
          <Row icon="user-round" title="登记、住院、家人" onPress={() => open(`/pages/social-worker/person/index?personId=${personId}`)} />
        </Rows>
      </Card>
      <CallForHelp person={person} />
    </Screen>
  )
}

/** Danger is not kept waiting for questions. */
function CallForHelp({ person }: { person: Person }) {
  const call = useAction('safety.call')
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) return <Button kind="dangerOutline" icon="phone-call" onPress={() => setAsking(true)}>有危险，马上叫人</Button>
  return (
    <ConfirmSheet
      question={`替${person.name}呼叫家人和社区？大家马上都会知道。`} yes="马上叫" isBesides isBusy={call.isPending} onNo={() => setAsking(false)}
      onYes={async () => { const made = await call.run({ elderId: person.personId }); if (made) open(`/pages/safety/case/index?safetyCaseId=${made.safetyCaseId}${made.isNew ? '' : '&again=1'}`) }}
    >
      {call.problem ? <Problem problem={call.problem} /> : null}
    </ConfirmSheet>
  )
}
