/** What a code is for, before anything happens; then one tap settles it. Whose it is stays nobody's business at the counter. */
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { civilDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { useReadAloud } from '@/services/speech'
import { dayWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { moneyWords } from './merchant-words'

export type Checked = OutputOf<'merchant.check'>
export type Settled = OutputOf<'merchant.settleVoucher'>

export function CheckStep({ code, checked, onBack, onSettled }: { code: string; checked: Checked; onBack: () => void; onSettled: (settled: Settled) => void }) {
  const settle = useAction('merchant.settleVoucher')
  const sentence = `「${checked.rewardName}」一份，${pointsWords(checked.points)} 积分。东西给了顾客，再点核销。`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="核销" subtitle={checked.merchantName} onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={settle.problem ? <Problem problem={settle.problem} /> : null} other={<ReadAloud {...read} />}
          main={<Button isBusy={settle.isPending} onPress={async () => { const settled = await settle.run({ code }); if (settled) onSettled(settled) }}>核销</Button>}
        />
      )}
    >
      <Card tone="chosen">
        <Box className="stack">
          <Box className="small">这个码可以用</Box>
          <Box className="hello">{checked.rewardName}</Box>
          <Box className="number">{pointsWords(checked.points)} 积分</Box>
          {checked.words === '' ? null : <Box className="body">{checked.words}</Box>}
          <Box>
            <Fact term="码">{`${code.slice(0, 4)} ${code.slice(4)}`}</Fact>
            <Fact term="换的时间">{momentWords(checked.heldAt)}</Fact>
            <Fact term="用到">{dayWords(civilDate(checked.endsAt - 1))}</Fact>
            <Fact term="给您结">{moneyWords(checked.settleFen)}</Fact>
          </Box>
        </Box>
      </Card>
      <Button kind="quiet" onPress={onBack}>先不核销</Button>
    </Step>
  )
}
