/** 报平安 on the first screen: one tap a day by the elder; the family sees whether it came, and may say so after having spoken to them. */
import { useState } from 'react'
import type { ElderChoice, OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { minuteWords } from '@/domain/civil-time'
import { useAction } from '@/services/use-action'

type Daily = NonNullable<OutputOf<'home.show'>['daily']>

export function WellCard({ daily, elder, isMain, onDone }: { daily: Daily; elder: ElderChoice; isMain: boolean; onDone: () => void }) {
  const check = useAction('well.check')
  const [isSaid, setSaid] = useState(false)
  if (isSaid || daily.isDone) {
    const words = elder.isMe ? '今天报过平安了' : `${elder.name}今天报过平安了`
    return <Notice icon="smile" title={words} isAnnounced={isSaid}>{elder.isMe ? '家人和社区都放心。' : ''}</Notice>
  }
  return (
    <Card tone="willow" label="报平安">
      <Box className="stack">
        <Box className="lead">{elder.isMe ? '报个平安' : `${elder.name}今天还没报平安`}</Box>
        <Box className="body">{elder.isMe ? `每天 ${minuteWords(daily.byMinute)} 前点一下，家人和社区就放心。` : `约好每天 ${minuteWords(daily.byMinute)} 前。和${elder.name}说过话，可以替着报。`}</Box>
        {check.problem ? <Problem problem={check.problem} /> : null}
        <Button kind={isMain ? 'primary' : 'outline'} icon="smile" isBusy={check.isPending} onPress={async () => { if (await check.run({ elderId: elder.personId })) { setSaid(true); onDone() } }}>{elder.isMe ? '我很好' : '说过话了，很好'}</Button>
      </Box>
    </Card>
  )
}
