/** 走路几分钟: from each community to one place or service, as somebody walked it, and what a resident will read. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem, type ProblemWords } from '@/components/content'
import { Field } from '@/components/field'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { MOST_WALKED, type Walked } from '@/domain/walking'

interface From {
  communityId: string
  name: string
  walked: number | null
  /** minutes of the straight line, of a place; null: nothing is said without a word */
  straight: number | null
}

const isGood = (typed: string): boolean => typed === '' || (Number(typed) >= 1 && Number(typed) <= MOST_WALKED)
/** What somebody from there reads. */
const readsWords = ({ straight }: From, typed: string): string =>
  !isGood(typed) ? `写 1 到 ${MOST_WALKED}，或者空着。` : typed !== '' ? `居民看到：走路 ${Number(typed)} 分钟` : straight === null ? '居民看到：不写几分钟' : `居民看到：走路 ${straight} 分钟（按直线算）`

export function WaysStep({ title, from, isBusy, problem, onBack, onSave }: { title: string; from: readonly From[]; isBusy: boolean; problem: ProblemWords | undefined; onBack: () => void; onSave: (ways: Walked[]) => void }) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(from.map((one) => [one.communityId, one.walked === null ? '' : String(one.walked)])))
  const wrong = from.find((one) => !isGood(typed[one.communityId] ?? ''))
  const ways = from.flatMap(({ communityId }) => ((typed[communityId] ?? '') === '' ? [] : [{ communityId, minutes: Number(typed[communityId]) }]))
  return (
    <Step
      title="走路几分钟" onBack={onBack}
      foot={<Foot say={wrong ? `${wrong.name}：写 1 到 ${MOST_WALKED}，或者空着。` : `到${title}：${ways.length} 个社区写了分钟。`} problem={problem ? <Problem problem={problem} /> : null} main={<Button isDisabled={wrong !== undefined} isBusy={isBusy} onPress={() => onSave(ways)}>就这样</Button>} />}
    >
      <Box className="stack-wide">
        <Box className="body">到{title}，从每个社区走几分钟。走过再写；擦掉，就不按走的算了。</Box>
        {from.map((one) => (
          <Field key={one.communityId} label={`从${one.name}走几分钟`} kind="digits" value={typed[one.communityId] ?? ''} onChange={(words) => setTyped({ ...typed, [one.communityId]: words.replace(/\D/g, '') })} maxLength={3} hint={readsWords(one, typed[one.communityId] ?? '')} />
        ))}
      </Box>
    </Step>
  )
}
