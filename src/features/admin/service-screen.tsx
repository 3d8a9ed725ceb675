/** One service as the subdistrict keeps it: what holds now, what comes, and what can be changed; those who are booked at a time that is no more stand on top. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { DateField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { addDays, civilDate, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { yuanWords } from '@/services/yuan'
import { PriceStep } from './price-step'
import { ServiceStep } from './service-step'
import { kindWords, slotWords, stateOf, subsidyWords, weekLines, type Service } from './service-words'
import { WaysStep } from './ways-step'
import { WeeklyStep } from './weekly-step'

type Doing = 'words' | 'ways' | 'weekly' | 'price' | 'hold' | 'reopen' | 'end' | null

const AHEAD_AT_MOST = 366
const LEFT_SHOWN = 4

export function AdminServiceScreen({ serviceItemId }: { serviceItemId: string }) {
  const service = useQuery('admin.service', { serviceItemId })
  const [doing, setDoing] = useState<Doing>(null)
  const [answered, setAnswered] = useState<{ title: string; more: string } | null>(null)
  const walk = useAction('service.setWays')
  const { output } = service
  const begin = (what: Doing) => { setAnswered(null); setDoing(what) }
  const done = (title: string, more = '') => { setDoing(null); setAnswered({ title, more }); service.reload() }
  const back = () => setDoing(null)
  if (output && doing === 'words') return <ServiceStep service={output} communities={output.communities} providers={[]} onBack={back} onDone={() => done('说明改好了')} />
  if (output && doing === 'ways') {
    const from = output.communities.filter((one) => output.communityIds.includes(one.communityId) || output.ways.some((way) => way.communityId === one.communityId))
      .map((one) => ({ ...one, walked: output.ways.find((way) => way.communityId === one.communityId)?.minutes ?? null, straight: null }))
    return <WaysStep title={output.name} from={from} isBusy={walk.isPending} problem={walk.problem} onBack={back} onSave={async (ways) => { if (await walk.run({ serviceItemId, ways })) done('走路几分钟改好了', '老人的服务单上马上看得到。') }} />
  }
  if (output && doing === 'weekly') return <WeeklyStep service={output} onBack={back} onDone={(validFrom) => done(`${spokenDate(validFrom)}起按新的时间`, '约好的照样做完。')} />
  if (output && doing === 'price') return <PriceStep service={output} onBack={back} onDone={(validFrom) => done(`${spokenDate(validFrom)}起按新的价格`, '约好的价钱不变。')} />
  return (
    <Screen title={output?.name ?? '服务'} subtitle={output?.providerName}>
      {answered ? <Notice isAnnounced title={answered.title}>{answered.more}</Notice> : null}
      <Content of={service} shape="detail">
        {(shown) => (
          <>
            {shown.state === 'open' ? null : <Notice tone="gold" title={stateOf(shown).words}>{shown.why ?? ''}。约好的照样做完，不收新的。</Notice>}
            {doing === 'hold' || doing === 'reopen' || doing === 'end' ? <StateSheet service={shown} what={doing} onNo={back} onDone={done} /> : null}
            <Left service={shown} onDone={done} />
            <About service={shown} onEdit={() => begin('words')} />
            <Card label="走路几分钟"><Rows><Row icon="map-pin" title="走路几分钟" detail={shown.ways.length === 0 ? '没有写' : `${shown.ways.length} 个社区写了`} onPress={() => begin('ways')} /></Rows></Card>
            <Heading level={2} className="section">每周的时间</Heading>
            {shown.weeks.map((week) => (
              <Card key={week.version} tone={week.isNow ? 'willow' : 'plain'} label={week.isNow ? '现在的时间' : `${spokenDate(week.validFrom)}起的时间`}>
                <Box className="stack">
                  <Box className="between"><Box className="lead">{week.validFrom === '' ? '一开始就这样' : `${spokenDate(week.validFrom)}起`}</Box><Tag tone={week.isNow ? 'willow' : 'gold'}>{week.isNow ? '现在' : '将来'}</Tag></Box>
                  {week.weekly.length === 0 ? <Box className="body">还没有时间，老人约不到。</Box> : <Box className="stack-tight">{weekLines(week.weekly).map((line) => <Fact key={line.days} term={line.days}>{line.times}</Fact>)}</Box>}
                  {week.madeByName === '' ? null : <Box className="small">{week.madeByName}定的</Box>}
                </Box>
              </Card>
            ))}
            <Button kind="outline" icon="calendar-days" onPress={() => begin('weekly')}>改每周的时间</Button>
            <Card label="电话和柜台">
              <Rows><Row icon="phone-call" title="电话和柜台" detail={shown.kept > 0 ? `每个时间留 ${shown.kept} 位` : '没有留名额'} onPress={() => { void Taro.navigateTo({ url: '/pages/admin/fair/index' }) }} /></Rows>
            </Card>
            <Heading level={2} className="section">价格</Heading>
            {shown.prices.map((price) => (
              <Card key={price.version} tone={price.isNow ? 'willow' : 'plain'} label={price.isNow ? '现在的价格' : `${spokenDate(price.validFrom)}起的价格`}>
                <Box className="stack-tight">
                  <Box className="between"><Box className="lead tabular">{yuanWords(price.priceFen)}</Box><Tag tone={price.isNow ? 'willow' : 'gold'}>{price.isNow ? '现在' : `${spokenDate(price.validFrom)}起`}</Tag></Box>
                  {shown.isBed ? <Box className="body">{subsidyWords(price.subsidy)}</Box> : null}
                  {price.madeByName === '' ? null : <Box className="small">{price.madeByName}定的</Box>}
                </Box>
              </Card>
            ))}
            <Button kind="outline" icon="pencil" onPress={() => begin('price')}>改价格</Button>
            {doing !== null || shown.state === 'ended' ? null : (
              <Box className="stack">
                <Heading level={2} className="section">停</Heading>
                {shown.state === 'held' ? <Button kind="outline" icon="circle-check" onPress={() => begin('reopen')}>恢复，可以约了</Button> : <Button kind="outline" icon="circle-pause" onPress={() => begin('hold')}>暂停，先不收新的</Button>}
                <Button kind="dangerOutline" onPress={() => begin('end')}>定哪天停办</Button>
              </Box>
            )}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Times that are no more, at which people are booked: served as booked, and somebody telephones where it is wanted. */
function Left({ service, onDone }: { service: Service; onDone: (title: string) => void }) {
  const ask = useAction('service.askToCall')
  if (service.left.length === 0) return null
  return (
    <Box className="stack">
      <Heading level={2} className="section">不收新的了，还有人约着</Heading>
      {ask.problem ? <Problem problem={ask.problem} /> : null}
      <Parts rows={service.left} size={LEFT_SHOWN} of="还有人约着的时间">
        {(rows) => rows.map((slot) => (
          <Card key={slot.slotId} label={slotWords(slot)}>
            <Box className="stack">
              <Box className="lead tabular">{slotWords(slot)}</Box>
              <Box className="body">{slot.held} 位，照样做完。</Box>
              {slot.isAsked ? <Box className="small">请社工打电话了，问要不要改日子。</Box> : <Button kind="outline" icon="phone-call" label={`请社工打电话问问，${slotWords(slot)}`} isBusy={ask.isPending} onPress={async () => { const made = await ask.run({ slotId: slot.slotId }); if (made) onDone(`请社工给 ${made.toCall} 位打电话了`) }}>请社工打电话问问</Button>}
            </Box>
          </Card>
        ))}
      </Parts>
    </Box>
  )
}

function About({ service, onEdit }: { service: Service; onEdit: () => void }) {
  const places = service.communities.filter((one) => service.communityIds.includes(one.communityId))
  return (
    <Card label="说明">
      <Box className="stack">
        <Box className="lead">{service.summary}</Box>
        <Box className="body">{service.details}</Box>
        <Box>
          <Fact term="怎么做">{kindWords[service.kind]}，{service.durationMinutes} 分钟</Fact>
          <Fact term="取消">提前 {service.cancelHours} 小时能自己取消</Fact>
          {service.bring.length > 0 ? <Fact term="带上">{service.bring.join('、')}</Fact> : null}
          <Fact term="社区">{places.length === service.communities.length ? '全部社区' : places.map((one) => one.name).join('、')}</Fact>
        </Box>
        <Button kind="outline" onPress={onEdit}>改说明</Button>
      </Box>
    </Card>
  )
}

function StateSheet({ service, what, onNo, onDone }: { service: Service; what: 'hold' | 'reopen' | 'end'; onNo: () => void; onDone: (title: string, more?: string) => void }) {
  const [hold, reopen, end] = [useAction('service.hold'), useAction('service.reopen'), useAction('service.end')]
  const today = civilDate(serverNow())
  const [fromOn, setFromOn] = useState(addDays(today, 1))
  const { serviceItemId, name } = service
  const booked = (count: number): string => (count === 0 ? '没有人约着。' : `约好的 ${count} 位照样做完。`)
  if (what === 'reopen') {
    return (
      <ConfirmSheet question={`恢复${name}？空着的时间马上可以约。`} yes="恢复" isBusy={reopen.isPending} onNo={onNo} onYes={async () => { if (await reopen.run({ serviceItemId })) onDone(`${name}恢复了`, '每周的安排会自动接着约。') }}>
        {reopen.problem ? <Problem problem={reopen.problem} /> : null}
      </ConfirmSheet>
    )
  }
  if (what === 'hold') {
    return <ReasonSheet question={`暂停${name}？约好的照样做完，不收新的；每周的安排先等着，会告诉家里人。`} yes="暂停" isBusy={hold.isPending} problem={hold.problem} maxLength={40} hint="老人看得到" onNo={onNo} onYes={async (why) => { const made = await hold.run({ serviceItemId, why }); if (made) onDone(`${name}暂停了`, booked(made.booked)) }} />
  }
  return (
    <ReasonSheet question={`${name}从哪天起停办？那天起空着的时间都去掉。`} yes="就这样定" isDangerous isBusy={end.isPending} problem={end.problem} maxLength={40} onNo={onNo} onYes={async (why) => { const made = await end.run({ serviceItemId, fromOn, why }); if (made) onDone(`${name} ${spokenDate(fromOn)}起停办`, booked(made.booked)) }}>
      <DateField label="从哪天起" value={fromOn} onChange={setFromOn} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} />
    </ReasonSheet>
  )
}
