/** One resident at the counter: who they are, masked until the work needs more, what comes, who acts for them, and what the counter can do. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { InOrder } from '@/components/in-order'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { Reveal } from '@/components/reveal'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { civilDate, minuteWords } from '@/domain/civil-time'
import { dial } from '@/services/device'
import { dishWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import { awayWords, fullDate, hardshipChoices, tellApart } from '@/services/staff-words'
import { momentWords, briefStatusWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useUnmask } from '@/services/use-unmask'
import { ClaimCodeSheet, DoorCardSheet, EndDelegationSheet, HardshipSheet, MoveSheet, SeenSheet, type Person } from './person-sheets'
import { SlipStep } from './slip'

type Asking = { what: 'seen' | 'claimCode' | 'doorCard' | 'hardship' | 'move' } | { what: 'end'; personId: string } | null
type Given = { what: 'claimCode'; code: string; validUntil: number } | { what: 'doorCard'; code: string } | null

const open = (url: string) => { void Taro.navigateTo({ url }) }

export function PersonScreen({ personId }: { personId: string }) {
  const person = useQuery('person.show', { personId })
  const [asking, setAsking] = useState<Asking>(null)
  const [given, setGiven] = useState<Given>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = person

  const done = (words: string) => { setAsking(null); setAnswered(words); person.reload() }
  const ask = (next: Asking) => { setAnswered(null); setAsking(next) }
  const close = () => setAsking(null)
  const handOver = (next: Given) => { setAsking(null); setGiven(next) }

  if (output && given) {
    const back = () => { setGiven(null); person.reload() }
    return given.what === 'claimCode'
      ? <SlipStep title="登记码" name={output.name} digits={given.code} onBack={back} lines={['在微信里打开「掌上乐龄」。', '点「输登记码」，照着上面输。', `${momentWords(given.validUntil)} 前有效，用一次就作废。`, '只给本人，不要念给别人听。']} />
      : <SlipStep title="门卡" name={output.name} digits={given.code} onBack={back} lines={['请放在门边。', '护理员到了、走了，各给看一次。', '丢了请告诉社区，马上换新的。', '电话里不要念给别人听。']} />
  }
  return (
    <Screen
      title={output?.name ?? '这位居民'} subtitle={output ? tellApart(output) : undefined}
      foot={output && asking === null
        ? <Foot say={`替${output.name}约上门服务。约了什么，${output.name}都查得到。`} main={<Button onPress={() => open(`/pages/services/index?elderId=${personId}`)}>替{output.name}约服务</Button>} />
        : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={person} shape="detail">
        {(shown) => (
          <>
            <Identity person={shown} />
            {shown.standing === 'unverified' && asking?.what !== 'seen'
              ? <Notice tone="gold" icon="badge-check" title="还没见过面" actions={<Button kind="outline" onPress={() => ask({ what: 'seen' })}>我见过本人了</Button>}>见过面，才能请家人代办。</Notice>
              : null}
            {asking?.what === 'seen' ? <SeenSheet person={shown} onNo={close} onDone={() => done('记下了，见过面了')} /> : null}
            {shown.away
              ? <Notice tone="gold" title={`${awayWords(shown.away.why)}，${momentWords(shown.away.since)} ${shown.away.byName}说的`} actions={<Button kind="outline" onPress={() => open(`/pages/life/away/index?elderId=${personId}`)}>回家了，或改日子</Button>}>回家以前不约、不订餐，也不等报平安。</Notice>
              : null}
            <Coming person={shown} />
            <Heading level={2} className="section">餐和平安</Heading>
            {asking?.what === 'hardship' ? <HardshipSheet person={shown} onNo={close} onDone={() => done('记下了，以后的餐照这个补')} /> : null}
            <Card label="餐和平安">
              <Rows>
                <Row icon="phone-call" title="电话里订餐" detail="先核对是谁" onPress={() => open(`/pages/social-worker/phone/index?personId=${personId}`)} />
                <Row icon="circle-alert" title="饮食忌口" detail={shown.hasDiet ? '登记过' : '没有登记'} onPress={() => open(`/pages/meals/diet/index?elderId=${personId}`)} />
                <Row icon="file-text" title="每月餐费" onPress={() => open(`/pages/meals/month/index?elderId=${personId}`)} />
                <Row icon="badge-check" title="困难情况" detail={hardshipChoices.find((one) => one.key === shown.hardship)?.title ?? ''} onPress={() => ask({ what: 'hardship' })} />
                <Row icon="smile" title="每天报平安" detail={shown.dailyByMinute === null ? '没有开始' : `每天 ${minuteWords(shown.dailyByMinute)} 前`} onPress={() => open(`/pages/safety/well/index?elderId=${personId}&as=staff`)} />
                {shown.away ? null : <Row icon="door-open" title="住院、出门" detail="先看会怎样，再定" onPress={() => open(`/pages/life/away/index?elderId=${personId}`)} />}
                <Row icon="hand-heart" title="问乐龄顾问" detail="问过的，替老人问" onPress={() => open(`/pages/consult/list/index?elderId=${personId}`)} />
                <Row icon="clock" title="没到场的记录" detail="一年里几次、为什么" onPress={() => open(`/pages/life-work/absences/index?elderId=${personId}`)} />
              </Rows>
            </Card>
            {shown.delegates.length > 0 ? <Heading level={2} className="section">谁替{shown.name}办事</Heading> : null}
            {shown.delegates.map((delegate) => asking?.what === 'end' && asking.personId === delegate.personId
              ? <EndDelegationSheet key={delegate.personId} person={shown} delegate={delegate} onNo={close} onDone={() => done(`停掉了${delegate.name}的代办`)} />
              : (
                <Card key={delegate.personId}>
                  <Box className="stack">
                    <Box>
                      <Box className="between">
                        <Box className="lead">{delegate.kinship}{delegate.name}</Box>
                        {delegate.state === 'active' ? <Tag>代办中</Tag> : <Tag tone="plain">{delegate.state === 'ended' ? '已停' : '过期了'}</Tag>}
                      </Box>
                      <Box className="small">到 {fullDate(delegate.endOn)}</Box>
                    </Box>
                    {delegate.state === 'active' ? <Button kind="outline" label={`停掉${delegate.kinship}${delegate.name}的代办`} onPress={() => ask({ what: 'end', personId: delegate.personId })}>停掉代办</Button> : null}
                  </Box>
                </Card>
              ))}
            <CallOrder person={shown} onDone={done} />
            <Heading level={2} className="section">柜台能办的</Heading>
            {asking?.what === 'claimCode' ? <ClaimCodeSheet person={shown} onNo={close} onIssued={({ code, validUntil }) => handOver({ what: 'claimCode', code, validUntil })} /> : null}
            {asking?.what === 'doorCard' ? <DoorCardSheet person={shown} onNo={close} onIssued={({ code }) => handOver({ what: 'doorCard', code })} /> : null}
            {asking?.what === 'move' ? <MoveSheet person={shown} onNo={close} onDone={done} /> : null}
            <Card label="柜台能办的">
              <Rows>
                {shown.hasAccount ? null : <Row icon="id-card" title="登记码" detail="8 位，在自己手机上认领" onPress={() => ask({ what: 'claimCode' })} />}
                <Row icon="key-round" title={shown.hasDoorCard ? '换一张门卡' : '做门卡'} detail="没有手机的老人用" onPress={() => ask({ what: 'doorCard' })} />
                <Row icon="users" title="活动、课程" detail="替本人报名，满了就排候补" onPress={() => open(`/pages/activities/list/index?elderId=${personId}`)} />
                <Row icon="award" title="作品" detail="替本人交、取回" onPress={() => open(`/pages/gallery/mine/index?elderId=${personId}`)} />
                <Row icon="door-open" title="搬到别的社区" detail="由那边的社工照看" onPress={() => ask({ what: 'move' })} />
                <Row icon="file-text" title="迁出、去世" detail="去世要两个人登记" onPress={() => open(`/pages/life-work/report/index?personId=${personId}`)} />
                <Row icon="merge" title="合并登记" detail="同一个人登记了两次" onPress={() => open(`/pages/social-worker/merge/index?personId=${personId}`)} />
                <Row icon="file-text" title="谁办过、看过什么" onPress={() => open(`/pages/social-worker/log/index?personId=${personId}`)} />
              </Rows>
            </Card>
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Whom the ladder calls first; as the elder says it at the counter. */
function CallOrder({ person, onDone }: { person: Person; onDone: (words: string) => void }) {
  const set = useAction('delegation.setOrder')
  const people = person.callOrder.flatMap((personId) => person.delegates.filter((one) => one.personId === personId).map((one) => ({ key: personId, name: `${one.kinship}${one.name}` })))
  if (people.length < 2) return null
  return (
    <>
      <Heading level={2} className="section">有急事，先打给谁</Heading>
      {set.problem ? <Problem problem={set.problem} /> : null}
      <InOrder label="有急事，先打给谁" people={people} isBusy={set.isPending} onFirst={async (personIds, name) => { if (await set.run({ elderId: person.personId, personIds })) onDone(`记下了，有急事先打给${name}`) }} />
    </>
  )
}

function Identity({ person }: { person: Person }) {
  const about = { by: 'person', personId: person.personId } as const
  const phone = useUnmask('phone', about, 'counter')
  const address = useUnmask('address', about, 'counter')
  return (
    <Card label="登记">
      <Box className="stack">
        <PersonLine name={person.name} title={person.name} detail={`${tellApart(person)}${person.livesAlone ? ' · 独居' : ''}`} />
        <Box>
          <Fact term="生日">{fullDate(person.birthOn)}</Fact>
          <Fact term="手机">{person.phone ?? '没有'}</Fact>
          <Fact term="地址">{person.address ?? '没有登记'}</Fact>
          <Fact term="微信">{person.hasAccount ? '认领了' : '没有'}</Fact>
          {person.seenByName ? <Fact term="见过面">社工{person.seenByName}{person.seenAt === null ? '' : `，${momentWords(person.seenAt)}`}</Fact> : null}
          {person.careNotes ? <Fact term="照护须知">{person.careNotes}</Fact> : null}
        </Box>
        {person.phone
          ? (
            <Reveal
              ask="看手机号" icon="phone-call" question={`看${person.name}的手机号？会记下来，本人看得到。`} yes="看手机号" value={phone.value} noneWords="没有登记手机号。"
              isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look} action={{ words: '拨打', icon: 'phone-call', onPress: dial }}
            />
          )
          : null}
        {person.address
          ? (
            <Reveal
              ask="看地址" icon="map-pin" question={`看${person.name}的完整地址？会记下来，本人看得到。`} yes="看地址" value={address.value} noneWords="没有登记地址。"
              isBusy={address.isPending} problem={address.problem} onReveal={address.look}
            />
          )
          : null}
      </Box>
    </Card>
  )
}

function Coming({ person }: { person: Person }) {
  const now = useServerNow()
  const coming = person.coming.filter((booking) => booking.onDate >= civilDate(now))
  return (
    <>
      <Heading level={2} className="section">接下来的预约</Heading>
      {coming.length === 0 ? <Box className="body">还没有约。</Box> : null}
      {coming.map((booking) => (
        <CardLink key={booking.bookingId} onPress={() => open(`/pages/social-worker/review/index?bookingId=${booking.bookingId}`)}>
          <Box className="between">
            <Box className="lead">{whenWords(booking.startsAt, booking.endsAt, now)}</Box>
            <Tag tone={briefStatusWords(booking, 'socialWorker').tone}>{briefStatusWords(booking, 'socialWorker').words}</Tag>
          </Box>
          <Box className="body">{booking.serviceName} · {booking.meal ? dishWords(booking.meal.dishName, booking.meal.portions) : (booking.workerName ?? booking.providerName)} ›</Box>
        </CardLink>
      ))}
    </>
  )
}
