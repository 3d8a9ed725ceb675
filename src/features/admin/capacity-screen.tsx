/** 名额: a service's week, how many places each time has and how many are taken. Never below what is taken. */
import { useState } from 'react'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { addDays, civilDate, clockTime, spokenDate } from '@/domain/civil-time'
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
  const [asking, setAsking] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const serviceItemId = chosen || (services.output?.services[0]?.serviceItemId ?? '')
  const fromOn = addDays(today, weeks * WEEK)
  const slots = useQuery('admin.slots', serviceItemId ? { serviceItemId, fromOn } : null, { pollMs: LOOK_AGAIN_MS })
  const days = [...new Set((slots.output?.slots ?? []).map((slot) => slot.onDate))]
  const move = (by: number) => { setAsking(null); setAnswered(null); setWeeks(weeks + by) }

  return (
    <Screen title="名额" hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      <Content<unknown> of={services.output ? slots : services}>
        {() => (
          <Box className="stack">
            <SelectField
              label="哪项服务" value={serviceItemId} onChange={(key) => { setAsking(null); setAnswered(null); setChosen(key) }}
              options={(services.output?.services ?? []).map((service) => ({ key: service.serviceItemId, words: `${service.name} · ${service.providerName}` }))}
            />
            <Box className="pair">
              <Button kind="outline" isDisabled={weeks === 0} onPress={() => move(-1)}>前一周</Button>
              <Button kind="outline" onPress={() => move(1)}>后一周</Button>
            </Box>
            {answered ? <Notice isAnnounced title={answered} /> : null}
            {days.length === 0 ? <Empty icon="calendar-days" title="这一周没有可约的时间" next="休息日不排；两周以后的，到时候会自动排出来。" /> : null}
            {days.map((onDate) => (
              <Box key={onDate} className="stack">
                <Heading level={2} className="section">{spokenDate(onDate)}</Heading>
                {(slots.output?.slots ?? []).filter((slot) => slot.onDate === onDate).map((slot) => asking === slot.slotId
                  ? (
                    <CapacitySheet
                      key={slot.slotId} slot={slot} serviceName={slots.output?.serviceName ?? ''} onNo={() => setAsking(null)} onChanged={slots.reload}
                      onDone={(capacity) => { setAsking(null); setAnswered(`${spokenDate(onDate)} ${clockTime(slot.startsAt)}，名额改成 ${capacity} 位`); slots.reload() }}
                    />
                  )
                  : <SlotCard key={slot.slotId} slot={slot} isOver={slot.endsAt <= now} onChange={() => { setAnswered(null); setAsking(slot.slotId) }} />)}
              </Box>
            ))}
          </Box>
        )}
      </Content>
      <Heading level={2} className="section">还有</Heading>
      <MoreOfAdmin />
    </Screen>
  )
}

function SlotCard({ slot, isOver, onChange }: { slot: Slot; isOver: boolean; onChange: () => void }) {
  const when = `${clockTime(slot.startsAt)}–${clockTime(slot.endsAt)}`
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
