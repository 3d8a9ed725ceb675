/** Lines in a card under a title of its own; nothing where there are none. */
import { Card } from './card'
import { Rows, Row } from './row'
import { Heading } from './box'

export function Listed({ title, lines }: { title: string; lines: readonly { readonly title: string; readonly detail: string }[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <Heading level={2} className="section">{title}</Heading>
      <Card label={title}>
        <Rows>{lines.map((line, index) => <Row key={index} {...line} />)}</Rows>
      </Card>
    </>
  )
}
