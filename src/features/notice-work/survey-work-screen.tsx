/** A survey as its staff sees it: how many took part; afterwards the result and what people wrote, and the notice that tells it. */
import Taro from '@tarojs/taro'
import { useState, type ReactNode } from 'react'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { FigureBars } from '@/components/figure-bars'
import { Notice } from '@/components/notice'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import type { OutputOf } from '@/contract'
import { passedWords } from '@/domain/survey'
import { useServerNow } from '@/services/server-clock'
import { figureRows, optionWords, standingWords } from '@/services/taking-part-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Work = OutputOf<'survey.work'>

const LOOK_AGAIN_MS = 8_000

export function SurveyWorkScreen({ noticeId, find }: { noticeId: string; /** looks for somebody for whom an answer is taken down */ find: (onChoose: (person: { personId: string }) => void) => ReactNode }) {
  const now = useServerNow()
  const survey = useQuery('survey.work', { noticeId }, { pollMs: LOOK_AGAIN_MS })
  const announce = useAction('survey.announce')
  const [isFinding, setFinding] = useState(false)
  const { output } = survey
  const tell = async () => {
    const done = output?.resultNoticeId ? { noticeId: output.resultNoticeId } : await announce.run({ noticeId })
    if (done) void Taro.navigateTo({ url: `/pages/notice-work/notice/index?noticeId=${done.noticeId}` })
  }
  const foot = output?.result ? <Foot problem={announce.problem ? <Problem problem={announce.problem} /> : null} main={<Button isBusy={announce.isPending} onPress={tell}>{output.resultNoticeId ? '看看结果的通知' : '把结果写成通知'}</Button>} /> : undefined
  return (
    <Screen title={output?.unit === 'household' ? '各家意见' : '问卷'} subtitle={output?.title} foot={foot}>
      <Content of={survey} shape="detail">
        {(shown) => (
          <Box className="stack-wide">
            <Card label="多少人填了"><Taken shown={shown} now={now} /></Card>
            {shown.state === 'open' && !shown.isAnonymous ? isFinding ? <Card><Box className="stack">{find((person) => { void Taro.navigateTo({ url: `/pages/taking-part/survey/index?noticeId=${shown.noticeId}&elderId=${person.personId}` }) })}</Box></Card> : <Button kind="outline" icon="phone-call" onPress={() => setFinding(true)}>电话里、柜台上，替人填</Button> : null}
            {shown.state === 'open' && shown.isAnonymous ? <Notice icon="shield-check" title="不记名">谁填过、填了什么，分开存，对不上。不能替人填。</Notice> : null}
            {shown.result ? <Result shown={shown} result={shown.result} /> : shown.state === 'open' ? <Notice icon="hourglass" title="填完才看得到结果">先看到一半的数，后面的人就受影响。</Notice> : null}
            {shown.result ? shown.words.map((one) => (
              <Card key={one.questionId} label={one.words}>
                <Box className="stack">
                  <Heading level={2} className="lead">{one.words}</Heading>
                  {one.items.length === 0 ? <Box className="body">{shown.isAnonymous ? '写的人少于 5 位，不显示。' : '没有人写。'}</Box> : one.items.map((item, index) => <Box key={`${index} ${item.words}`} className="body">{item.words}{item.byName === null ? '' : `（${item.byName}${item.building === null ? '' : `，${item.building} 幢`}）`}</Box>)}
                  {one.isCut ? <Box className="small">只显示前 {one.items.length} 条。</Box> : null}
                </Box>
              </Card>
            )) : null}
            <Card label="问了什么"><Box className="stack"><Heading level={2} className="lead">问了什么</Heading>{shown.questions.map((question) => <Fact key={question.questionId} term={question.words}>{question.kind === 'words' ? '写几句话' : question.options.map((option) => optionWords(question.kind, option)).join('、')}</Fact>)}</Box></Card>
          </Box>
        )}
      </Content>
    </Screen>
  )
}

function Taken({ shown, now }: { shown: Work; now: number }) {
  const of = shown.households ?? shown.addressed
  return (
    <Box className="stack">
      <Heading level={2} className="lead">{shown.unit === 'household' ? `${shown.takers} / ${of} 户说了` : `${shown.takers} / ${of} 人填了`}</Heading>
      <Bar share={of === 0 ? 0 : shown.takers / of} />
      <Box className="body">{standingWords(shown, now)}</Box>
    </Box>
  )
}

function Result({ shown, result }: { shown: Work; result: NonNullable<Work['result']> }) {
  const passed = passedWords(shown, result.hasPassed)
  return (
    <Card label="结果">
      <Box className="stack-wide">
        <Heading level={2} className="lead">{passed ?? '结果'}</Heading>
        {figureRows(result, shown.unit).map((question) => <FigureBars key={question.key} title={question.title} rows={question.rows} note={question.note} />)}
        {shown.isAnonymous ? <Box className="small">少于 5 人的不公布，您也看不到。</Box> : null}
      </Box>
    </Card>
  )
}
