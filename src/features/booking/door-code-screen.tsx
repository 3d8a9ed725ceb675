/**
 * The door code 门码, large enough to read across a doorway. It changes by itself; an old one is never shown, not even for
 * a moment. What the worker does with it shows here within seconds.
 */
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
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

export function DoorCodeScreen({ bookingId }: { bookingId: string }) {
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
  const worker = output?.workerName ?? '护理员'
  return (
    <Screen title="门码" subtitle={output ? (output.forWhat === 'checkIn' ? '签到用' : '签退用') : undefined}>
      {output && isValid && output.forWhat === 'checkOut' && checkedInWith !== '' ? <Notice title={`${worker}签到好了`} isAnnounced>{output.code === checkedInWith ? '门码过一会儿会换。' : '下面已经是新的门码。'}</Notice> : null}
      {output && isValid
        ? (
          <>
            <Card>
              <Box className="stack">
                <Box className="lead centre">{worker}{output.forWhat === 'checkIn' ? '到了门口，再给看这个门码' : '走的时候，给看这个门码'}</Box>
                <BigCode digits={output.code} scanned={output.code} label="门码" />
                <Box className="body centre">{clockTime(output.validUntil)} 换新的，会自己换</Box>
              </Box>
            </Card>
            {code.isOffline ? <AgeLine ageWords={code.ageWords ?? '刚才'} isOffline onRetry={reload} /> : null}
            <Box className="small centre">门码只给上门的护理员看，电话里不要报给别人。</Box>
          </>
        )
        : code.code === 'WRONG_STATE' || code.code === 'TOO_EARLY'
          ? <Empty icon="key-round" title={first.current === 'checkOut' ? '签退好了' : '现在不用门码'} next={first.current === 'checkOut' ? '接下来，请您确认做得怎么样。' : '护理员接了单，到了时间，门码就在这里。'} action={{ words: '看这次预约', onPress: seeBooking }} />
          : code.problem
            ? <><Problem problem={code.problem} onRetry={reload} />{code.isOffline ? <Notice tone="gold" title="没有网络也不要紧">护理员到了，可以在「这次预约」里点「人到了」，或者用社区给的门卡。</Notice> : null}</>
            : <Skeleton shape="detail" />}
      {output && isValid ? <Button kind="outline" onPress={goBack}>返回</Button> : null}
    </Screen>
  )
}
