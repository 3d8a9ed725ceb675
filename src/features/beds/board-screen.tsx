/**
 * 床位: who comes and who leaves today, who is there and in which bed, and two weeks of every bed. Whoever works there takes
 * people in and sees them off; an administrator only looks.
 */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { beginsWords, dateWords, dayWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { BedGrid } from './bed-grid'
import type { Board, Guest } from './board'
import { ReceiveSheet } from './receive-sheet'

const LOOK_AGAIN_MS = 6_000

export function BoardScreen({ serviceItemId: given }: { serviceItemId: string }) {
  const [chosen, setChosen] = useState(given)
  const services = useQuery('bed.services', {})
  const serviceItemId = chosen || (services.output?.services[0]?.serviceItemId ?? '')
  const board = useQuery('bed.board', serviceItemId ? { serviceItemId } : null, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  const all = services.output?.services ?? []
  return (
    <Screen title="床位" subtitle={board.output?.providerName}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content<unknown> of={services.output && all.length > 0 ? board : services}>
        {() => all.length === 0
          ? <Empty icon="house-heart" title="您这家没有床位" next="有日托、短住的地方，这里看得到谁来谁走。" />
          : (
            <Box className="stack">
              {all.length > 1 ? <SelectField label="哪一种床位" value={serviceItemId} onChange={(key) => { setAnswered(null); setChosen(key) }} options={all.map((one) => ({ key: one.serviceItemId, words: one.name }))} /> : null}
              {board.output ? <Shown key={serviceItemId} board={board.output} onDone={(words) => { setAnswered(words); board.reload() }} onChanged={board.reload} /> : null}
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function Shown({ board, onDone, onChanged }: { board: Board; onDone: (words: string) => void; onChanged: () => void }) {
  const arrivals = board.guests.filter((guest) => guest.arrivesToday)
  const there = board.guests.filter((guest) => guest.status === 'checkedIn')
  const leaving = there.filter((guest) => guest.leavesToday)
  const staying = there.filter((guest) => !guest.leavesToday)
  const list = (title: string, guests: readonly Guest[], none: string) => (
    <>
      <Heading level={2} className="section">{title}（{guests.length}）</Heading>
      {guests.length === 0 ? <Box className="small">{none}</Box> : guests.map((guest) => <GuestCard key={guest.bookingId} guest={guest} board={board} onDone={onDone} onChanged={onChanged} />)}
    </>
  )
  return (
    <>
      {list('今天到', arrivals, '今天没有要来的。')}
      {list('今天走', leaving, '今天没有要走的。')}
      {list(board.kind === 'stay' ? '住着的' : '在这里的', staying, '没有别的人。')}
      <Heading level={2} className="section">{board.kind === 'stay' ? '这两周' : '这两周的半天'}</Heading>
      {board.kind === 'stay' ? <BedGrid board={board} /> : null}
      {board.kind === 'stay' && board.sort !== 'memory' ? null : <Slots board={board} onDone={onDone} />}
    </>
  )
}

function GuestCard({ guest, board, onDone, onChanged }: { guest: Guest; board: Board; onDone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  const [isAsking, setAsking] = useState(false)
  const bed = guest.bedNo ?? guest.placedIn
  return (
    <Card label={guest.elderName}>
      <Box className="stack">
        <Box className="between">
          <Box className="lead">{guest.elderName}</Box>
          {bed === null ? null : <Tag tone={guest.bedNo === null ? 'plain' : 'willow'}>{guest.bedNo === null ? `打算 ${bed} 号床` : `${bed} 号床`}</Tag>}
        </Box>
        <Box className="body">{board.kind === 'stay' ? `${dayWords(guest.fromOn, now)} 到 ${dayWords(guest.toOn, now)}` : `${beginsWords(guest.startsAt, now)}–${clockTime(guest.endsAt)}`}</Box>
        {guest.careNotes ? <Box className="body">照护须知：{guest.careNotes}</Box> : null}
        {guest.note ? <Box className="small">留言：{guest.note}</Box> : null}
        {!board.mayReceive ? null
          : isAsking ? <ReceiveSheet guest={guest} onNo={() => setAsking(false)} onDone={(words) => { setAsking(false); onDone(words) }} onChanged={onChanged} />
            : <Button kind="outline" label={`${guest.arrivesToday ? '接到了' : '送走'}，${guest.elderName}`} onPress={() => setAsking(true)}>{guest.arrivesToday ? '接到了' : '送走'}</Button>}
      </Box>
    </Card>
  )
}

/** Each night or half-day: how full it is, who is on it, and of beds that need it who is on shift. */
function Slots({ board, onDone }: { board: Board; onDone: (words: string) => void }) {
  const now = useServerNow()
  const shift = useAction('bed.setShift')
  const [busy, setBusy] = useState<string | null>(null)
  const set = async (slot: Board['slots'][number]) => {
    setBusy(slot.slotId)
    const done = await shift.run({ slotId: slot.slotId, isOn: !slot.isMine })
    setBusy(null)
    if (done) onDone(`${dateWords(slot.onDate, now)} 晚，${slot.isMine ? '您不值班了' : '您来值班'}`)
  }
  return (
    <>
      {shift.problem ? <Problem problem={shift.problem} /> : null}
      {board.slots.map((slot) => {
        const names = board.guests.filter((guest) => (board.kind === 'stay' ? guest.fromOn <= slot.onDate && slot.onDate < guest.toOn : guest.slotId === slot.slotId)).map((guest) => guest.elderName)
        const isUnstaffed = slot.trained !== null && slot.trained.length === 0
        return (
          <Card key={slot.slotId} label={dateWords(slot.onDate, now)} tone={isUnstaffed ? 'gold' : 'plain'}>
            <Box className="stack-tight">
              <Box className="between">
                <Box className="lead">{board.kind === 'stay' ? `${dateWords(slot.onDate, now)} 晚` : `${dateWords(slot.onDate, now)} ${clockTime(slot.startsAt)}–${clockTime(slot.endsAt)}`}</Box>
                {slot.isOpen ? null : <Tag tone="plain">停约</Tag>}
              </Box>
              <Box className="body tabular">{slot.held} / {slot.capacity} 床{names.length > 0 ? `：${names.join('、')}` : ''}</Box>
              {slot.trained === null ? null : <Box className="body">{isUnstaffed ? '没有受过训的人值班，不能住' : `值班：${slot.trained.join('、')}`}</Box>}
              {slot.trained !== null && board.isTrained ? <Button kind="outline" label={`${slot.isMine ? '我不值了' : '我来值班'}，${dateWords(slot.onDate, now)}`} isBusy={busy === slot.slotId} onPress={() => set(slot)}>{slot.isMine ? '我不值了' : '我来值班'}</Button> : null}
            </Box>
          </Card>
        )
      })}
    </>
  )
}
