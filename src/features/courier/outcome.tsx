/** What became of a door, large: delivered, kept on the phone, only the courier's word, or the alarm that is out now. */
import type { RunView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Icon, type IconName } from '@/components/icon'
import { classes } from '@/components/platform'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { dishOf, doorWords, type Stop } from './run-words'
import { nextStop, type CourierQueue } from './use-runs'
import styles from './courier.module.scss'

export type OutcomeKind = 'delivered' | 'handedOver' | 'kept' | 'noAnswer' | 'noAnswerKept' | 'cancelled'

const outcomes: Record<OutcomeKind, { title: string; words: string; icon: IconName; look: string | undefined }> = {
  delivered: { title: '送到了', words: '有了老人这边的凭证。', icon: 'circle-check', look: styles.good },
  handedOver: { title: '记下了，还不算送到', words: '社工会打电话问老人。老人或家属说收到了，才算送到。', icon: 'hourglass', look: styles.waits },
  kept: { title: '未发出', words: '存在手机里了，有了网络会自己发出去。请接着送下一家。', icon: 'wifi-off', look: styles.waits },
  noAnswer: { title: '报给社工了', words: '排在社工今天要办的最前面，见到人、或者家人说清楚，才算完。门要是开了，回来点「送到了」，一样算。', icon: 'bell', look: styles.alarm },
  noAnswerKept: { title: '没有信号，社工还不知道', words: '请马上走到有信号的地方，看着它发出去；或者借电话打给社区。', icon: 'wifi-off', look: styles.alarm },
  cancelled: { title: '这一家不送了', words: '老人取消了，厨房同意了。', icon: 'circle-x', look: styles.waits },
}

export function Outcome({ kind, run, stop, queue, onBack }: { kind: OutcomeKind; run: RunView; stop: Stop; queue: CourierQueue; onBack: () => void }) {
  const { title, words, icon, look } = outcomes[kind]
  // A door that nobody opened is sent before anything else.
  const isAlarm = kind === 'noAnswerKept'
  const next = nextStop({ ...run, stops: run.stops.filter((one) => one !== stop) }, queue)
  const say = next ? `下一家：${doorWords(run, next)}，${next.elderName}。` : '这一单走完了。'
  const onwards = <Button kind={isAlarm ? 'outline' : 'primary'} onPress={onBack}>{next ? '下一家' : '回到送餐单'}</Button>
  const send = <Button kind={isAlarm ? 'primary' : 'outline'} icon="refresh-cw" onPress={queue.sendNow}>现在发出</Button>
  return (
    <Step
      title={stop.elderName} subtitle={`第 ${stop.order} 家`} onBack={onBack}
      foot={<Foot say={isAlarm ? '发出去之前，请不要走远。' : say} other={isAlarm ? onwards : kind === 'kept' ? send : undefined} main={isAlarm ? send : onwards} />}
    >
      <Card>
        <Box className={styles.outcome} spoken={{ role: kind === 'noAnswerKept' ? 'alert' : 'status', live: 'polite' }}>
          <Icon name={icon} size="large" className={classes(styles.mark, look)} />
          <Box className={styles.big}>{title}</Box>
          <Box className="lead">{stop.elderName} · {dishOf(stop)}</Box>
          <Box className="body">{words}</Box>
        </Box>
      </Card>
    </Step>
  )
}
