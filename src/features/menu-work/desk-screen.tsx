/** 接单台: what waits for a yes or no and until when, who still has to be sent, and what is under way today. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { placeWords } from '@/services/staff-words'
import { beginsWords, briefStatusWords, dateWords, priceWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { AssignSheet } from './assign-sheet'
import { open } from './open'

type Desk = OutputOf<'menu.desk'>
type Order = Desk['fresh'][number]

/** Elders order and cancel meanwhile: looks again this often, ms. */
const LOOK_AGAIN_MS = 6_000
const SHOWN = 6

export function DeskScreen() {
  useStaff()
  const desk = useQuery('menu.desk', {}, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setAnswered(words); desk.reload() }
  return (
    <Screen title="接单台" subtitle={desk.output?.organisations.map((one) => one.name).join('、')}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={desk}>
        {(shown) => shown.organisations.length === 0
          ? <Empty icon="clipboard-list" title="您这家还没有登记接单" next="想接居民点的单，请找街道登记，带上证照。" />
          : (
            <Box className="stack">
              {shown.organisations.filter((one) => !one.isLicensed || one.isEnding).map((one) => (
                <Notice key={one.providerId} tone={one.isLicensed ? 'gold' : 'warm'} title={one.isLicensed ? `${one.name}的证照 ${one.licensedUntil === null ? '' : dateWords(one.licensedUntil)} 到期` : `${one.name}的证照过期了，先不能接单`}>换好的证照交街道登记，审核过就能接着接单。</Notice>
              ))}
              <Group title="等您答复" orders={shown.fresh} none="没有新的单。" desk={shown} onDone={done} onChanged={desk.reload} />
              <Group title="接了，还没派人" orders={shown.unassigned} none="都派好了。" desk={shown} onDone={done} onChanged={desk.reload} />
              <Group title="今天的" orders={shown.underWay} none="今天没有要上门的。" desk={shown} onDone={done} onChanged={desk.reload} />
              <Card label="还有">
                <Rows>
                  <Row icon="calendar-days" title="一周" detail="每天几单，还空几个，谁去" onPress={() => open('week')} />
                  <Row icon="notebook" title="我们的菜单" detail="写一样新的，改价钱，停掉" onPress={() => open('offers')} />
                  <Row icon="users" title="服务了多少人" detail="按月数，点开看每一单" onPress={() => open('figures')} />
                  {shown.organisations.map((one) => <Row key={one.providerId} icon="badge-check" title="证照" detail={one.name} onPress={() => open('organisation', `providerId=${one.providerId}`)} />)}
                </Rows>
              </Card>
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function Group({ title, orders, none, desk, onDone, onChanged }: { title: string; orders: readonly Order[]; none: string; desk: Desk; onDone: (words: string) => void; onChanged: () => void }) {
  return (
    <>
      <Heading level={2} className="section">{title}（{orders.length}）</Heading>
      {orders.length === 0 ? <Box className="small">{none}</Box> : null}
      <Parts rows={orders} size={SHOWN} of={title}>
        {(rows) => rows.map((order) => <OrderCard key={order.bookingId} order={order} desk={desk} onDone={onDone} onChanged={onChanged} />)}
      </Parts>
    </>
  )
}

function OrderCard({ order, desk, onDone, onChanged }: { order: Order; desk: Desk; onDone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  const accept = useAction('menu.accept')
  const decline = useAction('menu.decline')
  const [asking, setAsking] = useState<'accept' | 'decline' | 'assign' | null>(null)
  const what = `${order.elderName}，${order.serviceName}`
  const may = (act: Order['acts'][number]): boolean => order.acts.includes(act)
  const { words, tone } = order.status !== 'booked' ? briefStatusWords(order, 'careWorker') : { words: order.answerBy === null ? '还没派人' : '等您答复', tone: 'gold' as const }
  const colleagues = desk.colleagues.filter((one) => desk.organisations.some((place) => place.providerId === one.providerId && place.name === order.providerName))
  const leave = () => { setAsking(null); accept.clear(); decline.clear() }
  return (
    <Card label={what} tone={order.answerBy === null ? 'plain' : 'gold'}>
      <Box className="stack">
        <Box className="between">
          <Box className="lead">{whenWords(order.startsAt, order.endsAt, now)}</Box>
          <Tag tone={tone}>{order.workerName ?? words}</Tag>
        </Box>
        <Box className="stack-tight">
          <Box className="body strong">{order.elderName} · {order.serviceName} · {priceWords(order.priceFen)}</Box>
          <Box className="small">{placeWords(order.communityName, order.address)}</Box>
          {order.note ? <Box className="body">留言：{order.note}</Box> : null}
          {order.answerBy === null ? null : <Box className="body">{beginsWords(order.answerBy, now)} 前要答复，过了就问下一家。</Box>}
        </Box>
        {asking === 'accept'
          ? (
            <ConfirmSheet question={`接下${what}？`} yes="接单" isBusy={accept.isPending} onNo={leave} onYes={async () => { if (await accept.run({ bookingId: order.bookingId })) onDone(`接好了：${what}。接下来派人。`); else onChanged() }}>
              {accept.problem ? <Problem problem={accept.problem} /> : null}
            </ConfirmSheet>
          )
          : asking === 'decline'
            ? <ReasonSheet question={`${what}，做不了？`} yes="做不了" label="为什么（老人看得到）" maxLength={80} isBusy={decline.isPending} problem={decline.problem} onNo={leave} onYes={async (reason) => { if (await decline.run({ bookingId: order.bookingId, words: reason })) onDone('好的，替老人问下一家'); else onChanged() }} />
            : asking === 'assign'
              ? <AssignSheet bookingId={order.bookingId} what={what} colleagues={colleagues} onNo={leave} onChanged={onChanged} onDone={(said) => { leave(); onDone(said) }} />
              : may('accept')
                ? <Box className="pair"><Button kind="outline" label={`做不了，${what}`} onPress={() => setAsking('decline')}>做不了</Button><Button kind="outline" icon="check" label={`接单，${what}`} onPress={() => setAsking('accept')}>接单</Button></Box>
                : may('assign')
                  ? <Box className="pair"><Button kind="outline" label={`做不了，${what}`} onPress={() => setAsking('decline')}>做不了</Button><Button kind="outline" icon="users" label={`派人，${what}`} onPress={() => setAsking('assign')}>派人</Button></Box>
                  : null}
        {order.isMine ? <Button kind="quiet" onPress={() => { void Taro.navigateTo({ url: `/pages/care-worker/visit/index?bookingId=${order.bookingId}` }) }}>您去，看这一单</Button> : null}
      </Box>
    </Card>
  )
}
