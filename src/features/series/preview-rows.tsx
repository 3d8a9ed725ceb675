/** Dates with what each would meet. */
import type { OutputOf } from '@/contract'
import { Card } from '@/components/card'
import { Row, Rows } from '@/components/row'
import { Tag } from '@/components/tag'
import { placeWords, previewWords } from './words'

export function PreviewRows({ dates }: { dates: OutputOf<'series.preview'>['dates'] }) {
  return (
    <Card label="每一回">
      <Rows>{dates.map((date) => <Row key={date.n} title={placeWords(date)} end={<Tag tone={previewWords(date).tone}>{previewWords(date).words}</Tag>} />)}</Rows>
    </Card>
  )
}
