/** 照搬上周: last week's menus once more; what was left alone is named with the reason. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import type { OutputOf } from '@/contract'
import { addDays, spokenDay } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { useAction } from '@/services/use-action'
import { leftAloneWords, type Week } from './kitchen-words'

const spanWords = (fromOn: string): string => `${spokenDay(fromOn)} 到 ${spokenDay(addDays(fromOn, 6))}`

export function CopyWeek({ week, onCopied }: { week: Week; onCopied: () => void }) {
  const now = useServerNow()
  const copy = useAction('kitchen.copyWeek')
  const [isAsking, setAsking] = useState(false)
  const [done, setDone] = useState<{ toOn: string; outcome: OutputOf<'kitchen.copyWeek'> } | null>(null)
  const run = async () => {
    const outcome = await copy.run({ kitchenId: week.kitchenId, toOn: week.fromOn })
    if (!outcome) return
    setAsking(false)
    setDone({ toOn: week.fromOn, outcome })
    onCopied()
  }
  const left = done?.toOn === week.fromOn ? leftAloneWords(done.outcome.left, now) : []
  return (
    <Box className="stack">
      {done?.toOn === week.fromOn
        ? (
          <Notice tone={done.outcome.copied > 0 ? 'willow' : 'gold'} isAnnounced title={done.outcome.copied > 0 ? `照搬好了，发布了 ${done.outcome.copied} 餐` : '没有可以照搬的'}>
            {left.length > 0 ? <Box><Box>这些没有动：</Box>{left.map((words) => <Box key={words}>{words}</Box>)}</Box> : null}
          </Notice>
        )
        : null}
      {isAsking
        ? (
          <ConfirmSheet question={`把 ${spanWords(addDays(week.fromOn, -7))} 的菜单，照搬到 ${spanWords(week.fromOn)}？`} yes="照搬" isBusy={copy.isPending} onNo={() => { copy.clear(); setAsking(false) }} onYes={run}>
            {copy.problem ? <Problem problem={copy.problem} /> : null}
            <Box className="body">已经有菜单的、休息的、截止了的，都不动。</Box>
          </ConfirmSheet>
        )
        : <Button kind="outline" icon="refresh-cw" onPress={() => { setDone(null); setAsking(true) }}>照搬上周</Button>}
    </Box>
  )
}
