/** What a points policy would have changed last month: the sum, who gets more and less, what the caps would have taken. */
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Fact } from '@/components/row'
import { pointsWords } from '@/services/points-words'

type Preview = OutputOf<'pointsPolicy.preview'>

/** 2026-11 → 11月 */
const monthWords = (month: string): string => `${Number(month.slice(5, 7))}月`

/** 10月 320 次：发 3,200 分 → 3,600 分；多得 40 人，少得 2 人。 */
function previewSentence(preview: Preview): string {
  if (preview.before.events === 0) return `${monthWords(preview.month)}没有做过的，没有可比的。`
  const people = [preview.whoGetMore > 0 ? `多得 ${pointsWords(preview.whoGetMore)} 人` : '', preview.whoGetLess > 0 ? `少得 ${pointsWords(preview.whoGetLess)} 人` : ''].filter(Boolean).join('，')
  return `${monthWords(preview.month)} ${pointsWords(preview.before.events)} 次：发 ${pointsWords(preview.before.points)} 分 → ${pointsWords(preview.after.points)} 分；${people || '没有人得的不一样'}。`
}

export function PreviewCard({ preview }: { preview: Preview }) {
  return (
    <Card tone="gold" label="要是上个月就这样">
      <Box className="stack">
        <Box className="lead tabular">{previewSentence(preview)}</Box>
        {preview.before.events === 0
          ? null
          : (
            <Box>
              <Fact term="得积分的">{pointsWords(preview.before.people)} 人 → {pointsWords(preview.after.people)} 人</Fact>
              <Fact term="进爱心池">{pointsWords(preview.before.excess)} 分 → {pointsWords(preview.after.excess)} 分</Fact>
              <Fact term="碰到上限">{pointsWords(preview.before.capped)} 人 → {pointsWords(preview.after.capped)} 人</Fact>
            </Box>
          )}
        {preview.isPartial ? <Box className="small">上个月的太多，只算了一部分。</Box> : null}
      </Box>
    </Card>
  )
}
