/** One doubt with the entries behind it. An administrator who is not concerned decides, and sees before what would be taken back. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { concernWords, flagStateWords, ruleWords } from './flag-words'
import { openEntry } from './open'

type Flag = OutputOf<'flag.show'>
type Line = Flag['lines'][number]

const SHOWN = 8

/** 一共退回 3 笔，90 分；有 30 分已经用掉了，没有退到 */
function takenWords(done: { reversed: number; taken: number; shortBy: number }): string {
  return `退回 ${done.reversed} 笔，${pointsWords(done.taken)} 分${done.shortBy > 0 ? `；还有 ${pointsWords(done.shortBy)} 分已经用掉了，没有退到` : ''}`
}

const timesWords = (line: Line): string => (line.from === null ? '' : `${clockTime(line.from)}${line.until === null ? ' 起' : `–${clockTime(line.until)}`}`)

export function FlagScreen({ flagId }: { flagId: string }) {
  const flag = useQuery('flag.show', { flagId })
  const decide = useAction('flag.decide')
  const [asking, setAsking] = useState<'dismissed' | 'confirmed' | null>(null)
  // Null: everything that is not taken back yet.
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const live = (flag.output?.lines ?? []).filter((line) => !line.isReversed)
  const taken = chosen === null ? live : live.filter((line) => chosen.includes(line.entryId))
  const sum = taken.reduce((total, line) => total + line.amount, 0)
  const ask = (decision: 'dismissed' | 'confirmed') => { setAnswered(null); decide.clear(); setAsking(decision) }
  const no = () => { decide.clear(); setAsking(null) }
  const submit = async (decision: 'dismissed' | 'confirmed', reason: string) => {
    const done = await decide.run({ flagId, decision, reason, ...(decision === 'confirmed' && taken.length < live.length ? { entryIds: taken.map((line) => line.entryId) } : {}) })
    if (!done) return
    setAsking(null)
    setAnswered(decision === 'dismissed' ? '记下了，没有问题' : `记下了，${takenWords(done)}`)
    flag.reload()
  }
  return (
    <Screen title="疑点" subtitle={flag.output?.communityName}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={flag} shape="detail">
        {(shown) => (
          <>
            <Card tone={shown.status === 'open' ? 'gold' : 'plain'} label={ruleWords[shown.rule]}>
              <Box className="stack">
                <Box>
                  <Box className="inline"><Tag tone={flagStateWords[shown.status].tone}>{flagStateWords[shown.status].words}</Tag></Box>
                  <Heading level={2} className="lead">{ruleWords[shown.rule]}</Heading>
                  <Box className="body">{shown.words}</Box>
                </Box>
                <Box>
                  {shown.people.map((one) => <Fact key={`${one.personId}_${one.as}`} term={concernWords[one.as]}>{one.name}</Fact>)}
                  <Fact term="发现">{momentWords(shown.at)}</Fact>
                  <Fact term="涉及">{shown.entries} 笔，{pointsWords(shown.points)} 分</Fact>
                </Box>
              </Box>
            </Card>
            {shown.decided
              ? (
                <Card label="怎么定的">
                  <Fact term="谁定的">{shown.decided.byName}，{momentWords(shown.decided.at)}</Fact>
                  <Fact term="原因">{shown.decided.reason}</Fact>
                  {shown.status === 'confirmed' ? <Fact term="积分">{takenWords(shown.decided)}</Fact> : null}
                </Card>
              )
              : null}
            <Heading level={2} className="section">背后的 {shown.lines.length} 笔</Heading>
            <Card label="背后的每一笔">
              <Parts rows={shown.lines} size={SHOWN} of="背后的每一笔">
                {(rows) => (
                  <Rows>
                    {rows.map((line) => (
                      <Row
                        key={line.entryId} title={`${line.ownerName} +${pointsWords(line.amount)}：${line.words}${line.aboutName ? `，${line.aboutName}` : ''}`}
                        detail={[momentWords(line.at), timesWords(line), line.placeName ?? '', line.byName === '' ? '' : `${line.byName}核实`].filter(Boolean).join(' · ')}
                        {...(line.isReversed ? { end: <Tag tone="plain">退回了</Tag> } : {})} onPress={() => openEntry(line.entryId)}
                      />
                    ))}
                  </Rows>
                )}
              </Parts>
            </Card>
            {shown.status === 'open' && shown.acts.length === 0 ? <Notice tone="gold" icon="users" title="由街道来定">街道里和这件事没有关系的管理员来定。您知道什么，可以打电话告诉街道。</Notice> : null}
            {asking === 'dismissed'
              ? <ReasonSheet question="没有问题？积分都不动。" yes="没有问题" isBusy={decide.isPending} problem={decide.problem} onNo={no} onYes={(reason) => submit('dismissed', reason)} />
              : asking === 'confirmed'
                ? (
                  <ReasonSheet
                    question={`是假的？退回 ${taken.length} 笔，${pointsWords(sum)} 分。存折里不够的，有多少退多少。`} yes="退回" isDangerous isBusy={decide.isPending} isDisabled={taken.length === 0} problem={decide.problem} hint="得积分的人看得到这句话" onNo={no}
                    onYes={(reason) => submit('confirmed', reason)}
                  >
                    {live.length > 1
                      ? <AnswerChoice isMany label="退回哪几笔" selected={taken.map((line) => line.entryId)} onChoose={(key) => setChosen(live.flatMap(({ entryId }) => ((entryId === key) !== taken.some((line) => line.entryId === entryId) ? [entryId] : [])))} answers={live.map((line) => ({ key: line.entryId, title: `${line.ownerName} ${pointsWords(line.amount)} 分`, detail: `${line.words} · ${momentWords(line.at)}` }))} />
                      : null}
                  </ReasonSheet>
                )
                : shown.acts.length > 0
                  ? (
                    <Box className="pair">
                      {shown.acts.includes('dismiss') ? <Button kind="outline" onPress={() => ask('dismissed')}>没有问题</Button> : null}
                      {shown.acts.includes('confirm') ? <Button kind="danger" onPress={() => ask('confirmed')}>退回积分</Button> : null}
                    </Box>
                  )
                  : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
