/** One stop of a run, large enough to read while walking: the door, who, what, what they must not eat, what is to be paid. */
import type { RunView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Icon } from '@/components/icon'
import { classes } from '@/components/platform'
import { Row } from '@/components/row'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import type { CourierAct } from './use-runs'
import { avoidWords, dishOf, doorWords, moneyWords, stateWords, type Stop } from './run-words'
import styles from './courier.module.scss'

export type AtTheDoor = 'handOver' | 'noAnswer'
/** Going to a door: on the same page, since another one may not open without a network. */
export type OpenDoor = (bookingId: string, what: AtTheDoor) => void

/** What must not be eaten: in words and with a sign, never by colour alone. */
export function Allergy({ stop }: { stop: Stop }) {
  const words = avoidWords(stop)
  return words === null ? null : <Box className={styles.allergy}><Icon name="triangle-alert" className={styles.sign} /><Box>{words}</Box></Box>
}

interface StopCardProps {
  run: RunView
  stop: Stop
  isNext: boolean
  /** what this phone has not sent yet */
  unsent: CourierAct | undefined
  onDoor: OpenDoor
}

export function StopCard({ run, stop, isNext, unsent, onDoor }: StopCardProps) {
  const about = `第 ${stop.order} 家，${stop.elderName}`
  return (
    <Card tone={isNext ? 'chosen' : 'plain'} label={about}>
      <Box className="stack">
        <Box className={styles.head}>
          <Box className={classes(styles.order, isNext && styles.next)}>{stop.order}</Box>
          <Box className={styles.where}>
            <Box className={styles.door}>{doorWords(run, stop)}</Box>
            <Box className="inline">
              <Box className="lead">{stop.elderName}</Box>
              {stop.livesAlone ? <Tag tone="gold">独居</Tag> : null}
              {unsent ? <Tag tone="gold">{unsent.action === 'courier.handOver' ? '送到了 · 未发出' : '没人开门 · 未发出'}</Tag> : null}
            </Box>
          </Box>
        </Box>
        <Box className="lead">{dishOf(stop)}</Box>
        <Allergy stop={stop} />
        {stop.note === null || stop.note === '' ? null : <Box className="body">留言：{stop.note}</Box>}
        <Box className={stop.payFen === 0 ? 'body' : 'lead price'}>{moneyWords(stop)}</Box>
        {run.startedAt === null || unsent !== undefined
          ? null
          : (
            <>
              <Button kind={isNext ? 'primary' : 'outline'} icon="check" label={`送到了，${about}`} onPress={() => onDoor(stop.bookingId, 'handOver')}>送到了</Button>
              {isNext ? <Button kind="outline" icon="door-open" label={`没人开门，${about}`} onPress={() => onDoor(stop.bookingId, 'noAnswer')}>没人开门</Button> : null}
            </>
          )}
      </Box>
    </Card>
  )
}

/** A stop where something was done: what became of it; without a code there is still a way to put one to it. */
export function DoneRow({ run, stop, unsent, onDoor }: { run: RunView; stop: Stop; unsent: CourierAct | undefined; onDoor: OpenDoor }) {
  const { words, tone } = stateWords(stop)
  const isOpenEnded = stop.state === 'handedOver' || stop.state === 'noContact'
  return (
    <Row
      title={`${stop.order}. ${stop.elderName}`} detail={`${doorWords(run, stop)} · ${dishOf(stop)}${stop.at === null ? '' : ` · ${clockTime(stop.at)}`}`}
      end={unsent ? <Tag tone="gold">未发出</Tag> : <Tag tone={tone}>{words}</Tag>}
      {...(isOpenEnded && unsent === undefined ? { onPress: () => onDoor(stop.bookingId, 'handOver'), label: `${stop.elderName}，${words}，补上门码` } : {})}
    />
  )
}
