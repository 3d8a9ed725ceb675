/**
 * The code of a task on the phone of the organiser, the elder or the family: volunteers check in and out with it. It changes
 * by itself; an old one is never shown. Who came and who is done stands below, and leads to the word that is asked for.
 */
import { useEffect } from 'react'
import { BigCode } from '@/components/big-code'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AgeLine, Empty, Problem, Skeleton } from '@/components/content'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { goBack, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { serverNow, useServerNow } from '@/services/server-clock'
import { useQuery } from '@/services/use-query'
import { shiftStateWords } from '@/services/volunteer-words'
import { goToTask, openShift } from './open'

/** Somebody stands before the phone: the answer should not take long, ms. */
const LOOK_AGAIN_MS = 4_000

export function TaskCodeScreen({ taskId }: { taskId: string }) {
  const code = useQuery('shift.code', { taskId }, { pollMs: LOOK_AGAIN_MS })
  const now = useServerNow(1_000)
  const { output, reload } = code
  useEffect(() => {
    if (!output) return
    const timer = setTimeout(reload, Math.max(500, output.validUntil - serverNow() + 200))
    return () => clearTimeout(timer)
  }, [output, reload])
  const isValid = output !== undefined && output.validUntil > now
  return (
    <Screen title="签到码" subtitle={output?.title}>
      {output && isValid
        ? (
          <>
            <Card>
              <Box className="stack">
                <Box className="lead centre">志愿者到了、走了，都给看这个码</Box>
                <BigCode digits={output.code} scanned={output.code} label="签到码" />
                <Box className="body centre">{clockTime(output.validUntil)} 换新的，会自己换</Box>
              </Box>
            </Card>
            {code.isOffline ? <AgeLine ageWords={code.ageWords ?? '刚才'} isOffline onRetry={reload} /> : null}
            <Box className="small centre">只给来的志愿者看，电话里不要报给别人。</Box>
            {output.volunteers.length > 0
              ? (
                <Card>
                  <Heading level={2} className="lead">谁来了</Heading>
                  <Rows label="谁来了">
                    {output.volunteers.map((one) => { const { words, tone } = shiftStateWords(one.status, true); return <Row key={one.shiftId} title={one.name} end={<Tag tone={tone}>{words}</Tag>} onPress={() => openShift(one.shiftId)} /> })}
                  </Rows>
                </Card>
              )
              : null}
            <Button kind="outline" onPress={goBack}>返回</Button>
          </>
        )
        : code.code === 'WRONG_STATE' || code.code === 'TOO_EARLY'
          ? <Empty icon="key-round" title="现在不用签到码" next={code.code === 'TOO_EARLY' ? (code.problem?.next ?? '') : '志愿者都签退了，或者任务取消了。'} action={{ words: '看看谁来', onPress: () => goToTask(taskId) }} />
          : code.problem
            ? <><Problem problem={code.problem} onRetry={reload} />{code.isOffline ? <Notice tone="gold" title="没有网络也不要紧">有网络了再点开。志愿者也可以请社工补记，写明原因。</Notice> : null}</>
            : <Skeleton shape="detail" />}
    </Screen>
  )
}
