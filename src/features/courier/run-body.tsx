/** The stops of a run in walking order: the next door first and largest, what is done below. */
import { Fragment } from 'react'
import type { RunView } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Notice } from '@/components/notice'
import { Rows } from '@/components/row'
import { nextStop, unsentAt, type CourierQueue } from './use-runs'
import { inOrder, isOver, progressWords } from './run-words'
import { DoneRow, StopCard, type OpenDoor } from './stop-card'
import { RefusedHere } from './unsent'

export function RunBody({ run, queue, onDoor }: { run: RunView; queue: CourierQueue; onDoor: OpenDoor }) {
  const stops = inOrder(run)
  const going = stops.filter((stop) => stop.state !== 'cancelled')
  const todo = stops.filter((stop) => !isOver(stop))
  const done = stops.filter(isOver)
  const next = run.startedAt === null ? undefined : nextStop(run, queue)
  return (
    <Box className="stack">
      <Box>
        <Box className="body strong tabular">{progressWords(run)}</Box>
        <Bar share={going.length === 0 ? 1 : (going.length - todo.length) / going.length} />
      </Box>
      {todo.length === 0 && run.startedAt !== null ? <Notice title="这一单走完了">{done.some((stop) => stop.state === 'handedOver') ? '只有您的话的几家，社工会打电话问。' : '辛苦了。'}</Notice> : null}
      {todo.map((stop) => (
        <Fragment key={stop.bookingId}>
          <RefusedHere queue={queue} stop={stop} />
          <StopCard run={run} stop={stop} isNext={stop === next} unsent={unsentAt(queue, stop)} onDoor={onDoor} />
        </Fragment>
      ))}
      {done.length > 0
        ? (
          <>
            <Heading level={2} className="section">去过的</Heading>
            {done.map((stop) => <RefusedHere key={stop.bookingId} queue={queue} stop={stop} />)}
            <Card label="去过的"><Rows>{done.map((stop) => <DoneRow key={stop.bookingId} run={run} stop={stop} unsent={unsentAt(queue, stop)} onDoor={onDoor} />)}</Rows></Card>
          </>
        )
        : null}
    </Box>
  )
}
