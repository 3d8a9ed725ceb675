/** What was counted: large words, simple bars, and what is hidden says so. */
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { FigureBars } from '@/components/figure-bars'
import { passedWords } from '@/domain/survey'
import { figureRows, takersWords, type Survey } from '@/services/taking-part-words'

export function ResultCard({ survey, result }: { survey: Survey; result: NonNullable<Survey['result']> }) {
  const passed = passedWords(survey, result.hasPassed)
  return (
    <Card label="结果">
      <Box className="stack-wide">
        <Box className="stack-tight">
          <Heading level={2} className="lead">{passed ?? '大家是这样说的'}</Heading>
          <Box className="body">{takersWords(survey)}</Box>
        </Box>
        {figureRows(result, survey.unit).map((question) => <FigureBars key={question.key} title={question.title} rows={question.rows} note={question.note} />)}
        {survey.isAnonymous ? <Box className="small">不记名：少于 5 人的不公布，免得猜到是谁。</Box> : null}
      </Box>
    </Card>
  )
}
