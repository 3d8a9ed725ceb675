/** Figures of one question, row by row: words, how many, and a bar of its share. The words say everything that the bars show. */
import { Bar } from './bar'
import { Box, Heading } from './box'

export interface FigureRow {
  key: string
  words: string
  /** 20 人，69%; or why there is no figure */
  figure: string
  /** 0 to 1; null: no bar, because there is no figure */
  share: number | null
}

export function FigureBars({ title, rows, note }: { title: string; rows: readonly FigureRow[]; note?: string | undefined }) {
  return (
    <Box className="stack">
      <Heading level={3} className="strong">{title}</Heading>
      {rows.map((row) => (
        <Box key={row.key}>
          <Box className="between"><Box className="body">{row.words}</Box><Box className="body tabular">{row.figure}</Box></Box>
          {row.share === null ? null : <Bar share={row.share} />}
        </Box>
      ))}
      {note === undefined ? null : <Box className="body">{note}</Box>}
    </Box>
  )
}
