/** 休息日: nothing is generated on them, and what is free closes. Seats that are taken stay, and somebody must telephone. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { DateField, Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { addDays, civilDate, isCivilDate, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

const AHEAD_AT_MOST = 366

interface Answer {
  title: string
  heldSeats: number
}

export function ClosedDaysScreen() {
  const services = useQuery('admin.services', {})
  const set = useAction('calendar.setClosedDay')
  const [onDate, setOnDate] = useState('')
  const [name, setName] = useState('')
  const [opening, setOpening] = useState<string | null>(null)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const today = civilDate(serverNow())
  const isReady = isCivilDate(onDate) && onDate >= today && name.trim() !== ''
  const sentence = isReady ? `${spokenDate(onDate)}休息，${name.trim()}，这一天空着的时间都停约。` : '选一天，写上为什么休息。'
  const read = useReadAloud(sentence)

  const change = async (day: string, why: string, isClosed: boolean) => {
    setAnswer(null)
    const done = await set.run({ onDate: day, name: why, isClosed })
    if (!done) return
    setAnswer({ title: isClosed ? `${spokenDate(day)}停约了` : `${spokenDate(day)}可以约了`, heldSeats: isClosed ? done.heldSeats : 0 })
    setOpening(null)
    setOnDate('')
    setName('')
    services.reload()
  }
  return (
    <Screen
      title="休息日"
      foot={opening === null
        ? (
          <Foot
            say={sentence} problem={set.problem ? <Problem problem={set.problem} /> : null} other={<ReadAloud {...read} />}
            main={<Button isDisabled={!isReady} isBusy={set.isPending} onPress={() => change(onDate, name.trim(), true)}>设为休息日</Button>}
          />
        )
        : undefined}
    >
      {answer
        ? (
          <Notice tone={answer.heldSeats > 0 ? 'gold' : 'willow'} isAnnounced title={answer.title}>
            {answer.heldSeats > 0 ? `已经约好的 ${answer.heldSeats} 位还在。请各社区社工打电话，问问改到哪天。` : ''}
          </Notice>
        )
        : null}
      <DateField label="哪一天" value={onDate} onChange={setOnDate} from={today} until={addDays(today, AHEAD_AT_MOST)} />
      <Field label="为什么休息" value={name} onChange={setName} maxLength={20} placeholder="国庆节" hint="老人约的时候看得到" />
      <Heading level={2} className="section">已经定的</Heading>
      <Content of={services}>
        {({ closedDays }) => closedDays.length === 0
          ? <Empty icon="calendar-days" title="还没有休息日" next="在上面选一天。" />
          : (
            <Box className="stack">
              {closedDays.map((day) => opening === day.onDate
                ? (
                  <ConfirmSheet
                    key={day.onDate} question={`${spokenDate(day.onDate)}不休息了，照常可以约？`} yes="照常约" no="还是休息" isBusy={set.isPending}
                    onNo={() => { set.clear(); setOpening(null) }} onYes={() => change(day.onDate, day.name, false)}
                  >
                    {set.problem ? <Problem problem={set.problem} /> : null}
                  </ConfirmSheet>
                )
                : (
                  <Card key={day.onDate}>
                    <Box className="stack">
                      <Box>
                        <Box className="lead">{spokenDate(day.onDate)}</Box>
                        <Box className="small">{day.name}</Box>
                      </Box>
                      <Button kind="outline" label={`取消休息，${spokenDate(day.onDate)}`} onPress={() => { set.clear(); setAnswer(null); setOpening(day.onDate) }}>取消休息</Button>
                    </Box>
                  </Card>
                ))}
            </Box>
          )}
      </Content>
    </Screen>
  )
}
