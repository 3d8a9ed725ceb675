/** 名额: a service's week, how many places each time has and how many are taken. Never below what is taken. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Empty } from '@/components/content'
import { SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { addDays, civilDate, clockTime, spokenDate, weekday } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { CapacitySheet, type Slot } from './capacity-sheet'
import { MoreOfAdmin } from './more-of-admin'
import styles from './capacity.module.scss'

const LOOK_AGAIN_MS = 8_000
const WEEK = 7

export function CapacityScreen() {
  const roles = useStaff()
  const now = useServerNow()
  const today = civilDate(now)
  const services = useQuery('admin.services', {})
  const [chosen, setChosen] = useState('')
  const [weeks, setWeeks] = useState(0)
  const [dayChosen, setDay] = useState<string | null>(null)
  const [asking, setAsking] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const serviceItemId = chosen || (services.output?.services[0]?.serviceItemId ?? '')
  const fromOn = addDays(today, weeks * WEEK)
  const slots = useQuery('admin.slots', serviceItemId ? { serviceItemId, fromOn } : null, { pollMs: LOOK_AGAIN_MS })
  const all = slots.output?.slots ?? []
  const closed = services.output?.closedDays ?? []
  const days = Array.from({ length: WEEK }, (_, index) => addDays(fromOn, index))
  const onDate = dayChosen !== null && days.includes(dayChosen) ? dayChosen : (days.find((day) => all.some((slot) => slot.onDate === day)) ?? fromOn)
  const shown = all.filter((slot) => slot.onDate === onDate)
  const holiday = closed.find((day) => day.onDate === onDate)
  const move = (by: number) => { setAsking(null); setAnswered(null); setWeeks(weeks + by) }

  return (
    <Screen title="名额" hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      <Content<unknown> of={services.output ? slots : services}>
        {() => (
          <Box className="stack">
            <SelectField
              label="哪项服务" value={serviceItemId} onChange={(key) => { setAsking(null); setAnswered(null); setChosen(key) }}
              options={optionsOf(services.output?.services ?? [])}
            />
            <Box className="pair">
              <Button kind="outline" isDisabled={weeks === 0} onPress={() => move(-1)}>前一周</Button>
              <Button kind="outline" onPress={() => move(1)}>后一周</Button>
            </Box>
            {answered ? <Notice isAnnounced title={answered} /> : null}
            <DayStrip days={days.map((day) => dayOption(day, today, all, closed.some((one) => one.onDate === day)))} selected={onDate} onChoose={(day) => { setAsking(null); setAnswered(null); setDay(day) }} />
            <Heading level={2} className="section">{spokenDate(onDate)}</Heading>
            {holiday ? <Notice tone="gold" icon="calendar-days" title={`休息：${holiday.name}`}>空着的时间都停约了。</Notice> : null}
            {shown.length === 0 && !holiday ? <Empty icon="calendar-days" title="这一天没有排" next="换一天看看；两周以后的，到时候会自动排出来。" /> : null}
            {shown.map((slot) => asking === slot.slotId
              ? (
                <CapacitySheet
                  key={slot.slotId} slot={slot} serviceName={slots.output?.serviceName ?? ''} onNo={() => setAsking(null)} onChanged={slots.reload}
                  onDone={(capacity) => { setAsking(null); setAnswered(`${spokenDate(onDate)} ${clockTime(slot.startsAt)}，名额改成 ${capacity} 位`); slots.reload() }}
                />
              )
              : <SlotCard key={slot.slotId} slot={slot} isOver={slot.endsAt <= now} onChange={() => { setAnswered(null); setAsking(slot.slotId) }} />)}
          </Box>
        )}
      </Content>
      <Heading level={2} className="section">还有</Heading>
      <MoreOfAdmin />
    </Screen>
  )
}

type Service = OutputOf<'admin.services'>['services'][number]

/** The provider stands beside a service only where two have the same name. */
const optionsOf = (services: readonly Service[]) => services.map((service) => ({
  key: service.serviceItemId, words: services.filter((one) => one.name === service.name).length > 1 ? `${service.name} · ${service.providerName}` : service.name,
}))

/** A day of the strip: 今天 23, and what is worth knowing before choosing it. */
function dayOption(day: string, today: string, slots: readonly Slot[], isClosed: boolean): { key: string; top: string; number: string; note?: string; label: string } {
  const its = slots.filter((slot) => slot.onDate === day)
  const note = isClosed ? '休' : its.length === 0 ? '没排' : its.every((slot) => slot.held >= slot.capacity) ? '满' : undefined
  return { key: day, top: day === today ? '今天' : `周${'日一二三四五六'[weekday(day)] ?? ''}`, number: String(Number(day.slice(8, 10))), ...(note ? { note } : {}), label: spokenDate(day) }
}

function SlotCard({ slot, isOver, onChange }: { slot: Slot; isOver: boolean; onChange: () => void }) {
  const when = `${clockTime(slot.startsAt)}–${civilDate(slot.endsAt) === slot.onDate ? '' : '次日 '}${clockTime(slot.endsAt)}`
  const left = slot.capacity - slot.held
  return (
    <Card label={`${spokenDate(slot.onDate)} ${when}`}>
      <Box className={styles.slot}>
        <Box className={styles.words}>
          <Box className="between">
            <Box className="lead tabular">{when}</Box>
            {slot.isOpen ? null : <Tag tone="plain">停约</Tag>}
          </Box>
          <Box className="body tabular">已约 {slot.held} 位，{left > 0 ? `还剩 ${left} 位` : '满了'}</Box>
          <Bar share={slot.capacity === 0 ? 1 : slot.held / slot.capacity} tone={left > 0 ? 'willow' : 'warm'} />
        </Box>
        {isOver ? null : <Box className={styles.act}><Button kind="outline" label={`改名额，${spokenDate(slot.onDate)} ${when}，现在 ${slot.capacity} 位`} onPress={onChange}>改</Button></Box>}
      </Box>
    </Card>
  )
}
