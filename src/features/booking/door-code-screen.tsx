/**
 * The door code 门码, large enough to read across a doorway. It changes by itself; an old one is never shown, not even for
 * a moment. What the worker does with it shows here within seconds.
 */
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '@/contract'
import { BigCode } from '@/components/big-code'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AgeLine, Empty, Problem, Skeleton } from '@/components/content'
import { Notice } from '@/components/notice'
import { goBack, Screen } from '@/components/screen'
import { clockTime } from '@/domain/civil-time'
import { serverNow, useServerNow } from '@/services/server-clock'
import { useQuery } from '@/services/use-query'

/** The worker stands at the door: the answer should not take long, ms. */
const LOOK_AGAIN_MS = 4_000

type What = OutputOf<'visit.doorCode'>['forWhat']

/** A visit begins and ends with a code, a meal is handed over with one. */
const usedFor: Record<What, { subtitle: string; show: string }> = {
  checkIn: { subtitle: '签到用', show: '到了门口，再给看这个门码' },
  checkOut: { subtitle: '签退用', show: '走的时候，给看这个门码' },
  handover: { subtitle: '收餐用', show: '把餐送到手上，再给看这个门码' },
}
const ofVisit = {
  who: '护理员', see: '看这次预约', next: '护理员接了单，到了时间，门码就在这里。', only: '门码只给当面的护理员看，电话里不要报给别人。',
  offline: '护理员到了，可以在「这次预约」里点「人到了」，或者用社区给的门卡。',
}
const ofMeal = {
  who: '送餐员', see: '看这一餐', next: '快到吃饭的时间，门码就在这里。', only: '门码只给送餐员、助餐点看，电话里不要报给别人。',
  offline: '可以用社区给的门卡。有网络了，在「这一餐」里点「收到了」。',
}

/** `isMeal`: it is shown to whoever brings or serves a meal. */
export function DoorCodeScreen({ bookingId, isMeal = false }: { bookingId: string; isMeal?: boolean }) {
  const words = isMeal ? ofMeal : ofVisit
  const code = useQuery('visit.doorCode', { bookingId }, { pollMs: LOOK_AGAIN_MS })
  const now = useServerNow(1_000)
  const { output, reload } = code
  const first = useRef<'checkIn' | 'checkOut' | 'handover' | null>(null)
  const shownLast = useRef('')
  /** the code that stood here when the worker checked in; empty as long as that did not happen before one's eyes */
  const [checkedInWith, setCheckedInWith] = useState('')
  useEffect(() => {
    if (!output || code.ageWords !== undefined) return
    if (first.current === 'checkIn' && output.forWhat === 'checkOut') setCheckedInWith(shownLast.current)
    first.current = output.forWhat
    shownLast.current = output.code
  }, [output, code.ageWords])
  useEffect(() => {
    if (!output) return
    const timer = setTimeout(reload, Math.max(500, output.validUntil - serverNow() + 200))
    return () => clearTimeout(timer)
  }, [output, reload])

  const seeBooking = () => { void Taro.redirectTo({ url: `/pages/booking/index?bookingId=${bookingId}` }) }
  const isValid = output !== undefined && output.validUntil > now
  const worker = output?.workerName ?? words.who
  return (
    <Screen title="门码" subtitle={output ? usedFor[output.forWhat].subtitle : undefined}>
      {output && isValid && output.forWhat === 'checkOut' && checkedInWith !== '' ? <Notice title={`${worker}签到好了`} isAnnounced>{output.code === checkedInWith ? '门码过一会儿会换。' : '下面已经是新的门码。'}</Notice> : null}
      {output && isValid
        ? (
          <>
            <Card>
              <Box className="stack">
                <Box className="lead centre">{output.forWhat === 'handover' && output.workerName === null ? '接过餐，再给看这个门码' : `${worker}${usedFor[output.forWhat].show}`}</Box>
                <BigCode digits={output.code} scanned={output.code} label="门码" />
                <Box className="body centre">{clockTime(output.validUntil)} 换新的，会自己换</Box>
              </Box>
            </Card>
            {code.isOffline ? <AgeLine ageWords={code.ageWords ?? '刚才'} isOffline onRetry={reload} /> : null}
            <Box className="small centre">{words.only}</Box>
          </>
        )
        : code.code === 'WRONG_STATE' || code.code === 'TOO_EARLY'
          ? <Empty icon="key-round" title={isMeal && first.current !== null ? '收到了' : first.current === 'checkOut' ? '签退好了' : '现在不用门码'} next={isMeal && first.current !== null ? '记好了，您慢用。' : first.current === 'checkOut' ? '接下来，请您确认做得怎么样。' : words.next} action={{ words: words.see, onPress: seeBooking }} />
          : code.problem
            ? <><Problem problem={code.problem} onRetry={reload} />{code.isOffline ? <Notice tone="gold" title="没有网络也不要紧">{words.offline}</Notice> : null}</>
            : <Skeleton shape="detail" />}
      {output && isValid ? <Button kind="outline" onPress={goBack}>返回</Button> : null}
    </Screen>
  )
}
