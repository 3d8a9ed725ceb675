/** 顾问的工作: reviews that are due, what is new in my grids, what I have, and the pool. A social worker sees what is open in their communities. */
import Taro from '@tarojs/taro'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink, Figure } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Parts } from '@/components/parts'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { answerByWords, stateWords, topicWords, wantWords, type ConsultBrief } from '@/services/consult-words'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'

const LOOK_AGAIN_MS = 10_000
const SHOWN = 5
const open = (url: string) => { void Taro.navigateTo({ url }) }

export function ConsultDeskScreen() {
  const roles = useStaff()
  const desk = useQuery('consult.desk', {}, { pollMs: LOOK_AGAIN_MS })
  const now = useServerNow()
  const isConsultant = desk.output?.as === 'careConsultant'
  const isFirstWork = tabsFor(roles).some((tab) => tab.path === '/pages/consult/desk/index')
  return (
    <Screen title={isConsultant || !desk.output ? '顾问的工作' : '乐龄顾问'} hasBack={!isFirstWork} {...(isFirstWork ? { tabBar: <TabBar items={tabsFor(roles)} current="work" /> } : {})}>
      <Content of={desk} shape="tiles">
        {(shown) => {
          const late = [...shown.fresh, ...shown.pool, ...shown.mine].filter((one) => one.answerBy !== null && one.answerBy <= now).length
          const all = [shown.reviews, shown.fresh, shown.mine, shown.pool].reduce((sum, list) => sum + list.length, 0)
          return (
            <>
              <Box className="trio">
                <Figure value={shown.fresh.length} words="新来的" isUrgent={shown.fresh.length > 0} />
                <Figure value={isConsultant ? shown.reviews.length : late} words={isConsultant ? '该回访' : '过了时间'} isUrgent={(isConsultant ? shown.reviews.length : late) > 0} />
                <Figure value={shown.pool.length} words="没人接" isUrgent={!isConsultant && shown.pool.length > 0} />
              </Box>
              {all === 0 ? <Empty icon="circle-check" title="现在没有咨询" next="有人问了，会到这里来。" /> : null}
              <List title="该回访了" rows={shown.reviews} now={now} />
              <List title={isConsultant ? '我网格里新来的' : '等顾问接的'} rows={shown.fresh} now={now} onTaken={isConsultant ? desk.reload : undefined} />
              <List title={isConsultant ? '我在办的' : '顾问在办的'} rows={shown.mine} now={now} />
              <List title="全街道都能接的" rows={shown.pool} now={now} onTaken={isConsultant ? desk.reload : undefined} />
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

function List({ title, rows, now, onTaken }: { title: string; rows: readonly ConsultBrief[]; now: number; onTaken?: (() => void) | undefined }) {
  if (rows.length === 0) return null
  return (
    <>
      <Heading level={2} className="section">{title} {rows.length} 件</Heading>
      <Parts rows={rows} size={SHOWN} of={title}>
        {(shown) => shown.map((one) => (onTaken ? <ToTake key={one.consultationId} one={one} now={now} onTaken={onTaken} /> : <Known key={one.consultationId} one={one} now={now} />))}
      </Parts>
    </>
  )
}

function About({ one, now }: { one: ConsultBrief; now: number }) {
  const { words, tone } = stateWords(one, true)
  const isLate = one.answerBy !== null && one.answerBy <= now
  return (
    <Box className="stack-tight">
      <Box className="between"><Box className="lead">{one.elderName}</Box><Tag tone={isLate ? 'warm' : tone}>{isLate ? '过了时间' : words}</Tag></Box>
      <Box className="body">{topicWords[one.topic]} · {wantWords[one.want]}</Box>
      <Box className="small">{one.words}</Box>
      <Box className="small">{one.communityName} · {momentWords(one.askedAt)} {one.askedByName}问的{one.consultantName ? ` · ${one.consultantName}在办` : ''}</Box>
      {one.answerBy !== null ? <Box className="small">{answerByWords(one.answerBy, now)}</Box> : one.reviewOn ? <Box className="small">{dateWords(one.reviewOn)}回访</Box> : null}
    </Box>
  )
}

function Known({ one, now }: { one: ConsultBrief; now: number }) {
  return <CardLink onPress={() => open(`/pages/consult/work/index?consultationId=${one.consultationId}`)}><About one={one} now={now} /></CardLink>
}

/** Taken here, before more of it is seen. */
function ToTake({ one, now, onTaken }: { one: ConsultBrief; now: number; onTaken: () => void }) {
  const take = useAction('consult.take')
  const { consultationId } = one
  return (
    <Card tone="gold" label={one.elderName}>
      <Box className="stack">
        <About one={one} now={now} />
        {take.problem ? <Problem problem={take.problem} /> : null}
        <Button kind="outline" label={`接手${one.elderName}的咨询`} isBusy={take.isPending} onPress={async () => { if (await take.run({ consultationId })) open(`/pages/consult/work/index?consultationId=${consultationId}`); onTaken() }}>接手</Button>
      </Box>
    </Card>
  )
}
