/** 冲正: a line that is wrong is taken back by another one that names it; nothing is ever edited. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { kindWords } from '@/services/entry-kinds'
import { changeWords, pointsWords } from '@/services/points-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { openEntry } from './open'

const NUMBER = /^[A-Za-z0-9_-]{3,96}$/

/** `entryId` '': the number is typed. */
export function ReverseScreen({ entryId: given }: { entryId: string }) {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState(given)
  const entry = useQuery('points.entry', asked === '' ? null : { entryId: asked })
  const reverse = useAction('points.reverse')
  const [isAsking, setAsking] = useState(false)
  const [reversed, setReversed] = useState<{ entryId: string; balance: number } | null>(null)
  const number = typed.trim()
  const look = () => { reverse.clear(); setAsking(false); setReversed(null); if (number === asked) entry.reload(); else setAsked(number) }
  const line = entry.output?.line
  const may = entry.output?.acts.includes('reverse') === true && entry.output.reversedBy === null
  return (
    <Screen title="冲正" foot={may && !isAsking && reversed === null ? <Foot say={line ? `${entry.output?.ownerName ?? ''}：${line.words}，${pointsWords(line.amount)} 分。冲正以后两笔都在，账面抵掉。` : null} main={<Button kind="danger" onPress={() => setAsking(true)}>冲正这一笔</Button>} /> : undefined}>
      {given === ''
        ? (
          <Box className="stack">
            <Field label="这一笔的编号" value={typed} onChange={(next) => { setTyped(next); setAsked('') }} maxLength={96} hint="在存折里点开那一笔，最下面有编号；疑点、总账里也有" />
            <Button kind="outline" isDisabled={!NUMBER.test(number)} onPress={look}>找这一笔</Button>
          </Box>
        )
        : null}
      {reversed ? <Notice isAnnounced title="冲正好了" actions={<Button kind="outline" icon="file-text" onPress={() => openEntry(reversed.entryId)}>看冲正的那一笔</Button>}>存折里现在可用 {pointsWords(reversed.balance)} 分。</Notice> : null}
      {asked === ''
        ? null
        : (
          <Content of={entry} shape="detail">
            {(shown) => (
              <>
                <Card label="这一笔">
                  <Box className="stack">
                    <Box>
                      <Box className="inline"><Tag tone="plain">{kindWords(shown.line.kind)}</Tag>{shown.reversedBy ? <Tag tone="warm">冲正过了</Tag> : null}</Box>
                      <Box className="lead">{shown.ownerName} · {shown.line.words}</Box>
                      <Box className="number">{changeWords(shown.line.change)}</Box>
                    </Box>
                    <Box>
                      <Fact term="记账">{momentWords(shown.line.at)}</Fact>
                      <Fact term="分数">{pointsWords(shown.line.amount)} 分</Fact>
                      {shown.line.aboutName ? <Fact term="为谁">{shown.line.aboutName}</Fact> : null}
                      {shown.facts?.verifiedByName ? <Fact term="谁核实">{shown.facts.verifiedByName}</Fact> : null}
                      {shown.policyVersion !== null ? <Fact term="按哪一版规则">第 {shown.policyVersion} 版</Fact> : null}
                      {shown.reversedBy ? <Fact term="冲正">{momentWords(shown.reversedBy.at)}，{shown.reversedBy.words}</Fact> : null}
                      <Fact term="编号">{shown.line.entryId}</Fact>
                    </Box>
                  </Box>
                </Card>
                {shown.acts.includes('reverse') || shown.reversedBy || reversed ? null : <Notice tone="gold" title="这一笔不能冲正">冲正过的、正在兑换的、送出去的，要从那一头退；和您或您家里人有关的，请另一位管理员来。</Notice>}
                {isAsking && may
                  ? (
                    <ReasonSheet
                      question={`冲正${shown.ownerName}的「${shown.line.words}」，${pointsWords(shown.line.amount)} 分？`} yes="冲正" isDangerous maxLength={80} hint={`${shown.ownerName}在存折里看得到这句话，不要写别人的名字`} isBusy={reverse.isPending} problem={reverse.problem}
                      onNo={() => { reverse.clear(); setAsking(false) }}
                      onYes={async (reason) => { const done = await reverse.run({ entryId: shown.line.entryId, reason }); if (done) { setAsking(false); setReversed(done); entry.reload() } }}
                    />
                  )
                  : null}
              </>
            )}
          </Content>
        )}
    </Screen>
  )
}
