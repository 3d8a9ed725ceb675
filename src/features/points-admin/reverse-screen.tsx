/** 冲正: a line that is wrong is taken back by another one that names it; nothing is ever edited. */
import { useState, type ReactNode } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { Parts } from '@/components/parts'
import { PersonBar } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { kindWords } from '@/services/entry-kinds'
import { changeWords, pointsWords } from '@/services/points-words'
import { dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { useQuery } from '@/services/use-query'
import { openEntry } from './open'

/** Whose passbook: somebody, or a group. */
interface Owner {
  readonly personId: string
  readonly name: string
  readonly communityName: string
}
/** The page hands in the search of people, which is another feature. */
type FindOwner = (asked: { label: string; onChoose: (person: Owner) => void }) => ReactNode

/** Groups drawn at once. */
const GROUPS = 5

/** `entryId` '': the line is found in its owner's passbook. */
export function ReverseScreen({ entryId: given, findPerson }: { entryId: string; findPerson: FindOwner }) {
  const [owner, setOwner] = useState<Owner | null>(null)
  const [entryId, setEntryId] = useState(given)
  const choose = (next: Owner | null) => { setEntryId(''); setOwner(next) }
  if (entryId !== '') return <OneLine key={entryId} entryId={entryId} ownerId={owner?.personId ?? ''} {...(given === '' ? { onOther: () => setEntryId('') } : {})} />
  return (
    <Screen title="冲正" subtitle={owner ? '选一笔' : '先找是谁的存折'}>
      {owner
        ? <><PersonBar name={owner.name} words={owner.communityName} onChange={() => choose(null)} /><Lines owner={owner} onChoose={setEntryId} /></>
        : <>{findPerson({ label: '谁的存折', onChoose: choose })}<Groups onChoose={choose} /></>}
    </Screen>
  )
}

/** A group has a passbook of its own. */
function Groups({ onChoose }: { onChoose: (owner: Owner) => void }) {
  const groups = useQuery('group.list', { all: true })
  const found = groups.output?.groups ?? []
  if (found.length === 0) return null
  return (
    <>
      <Heading level={2} className="section">或者是团队的</Heading>
      <Parts rows={found} size={GROUPS} of="志愿团队">
        {(rows) => <Box className="stack">{rows.map(({ groupId, name, communityName }) => <CardLink key={groupId} onPress={() => onChoose({ personId: groupId, name, communityName })}><Box className="lead">{name} ›</Box><Box className="body">{communityName}</Box></CardLink>)}</Box>}
      </Parts>
    </>
  )
}

/** The passbook's lines, newest first; one is chosen. */
function Lines({ owner, onChoose }: { owner: Owner; onChoose: (entryId: string) => void }) {
  const pages = usePages('points.passbook', { personId: owner.personId })
  return (
    <Content of={pages.first}>
      {() => pages.items.length === 0
        ? <Empty icon="notebook" title={`${owner.name}的存折里还没有一笔`} next="看看是不是找对了人。" />
        : (
          <>
            <Card label={`${owner.name}的存折`}>
              <Rows label="存折">
                {pages.items.map((line) => (
                  <Row
                    key={line.entryId} title={line.words} detail={[dateWords(line.onDate), kindWords(line.kind), line.aboutName ? `和${line.aboutName}` : ''].filter(Boolean).join(' · ')}
                    end={<Box className="body strong tabular">{line.change === 0 ? '不变' : changeWords(line.change)}</Box>} onPress={() => onChoose(line.entryId)}
                  />
                ))}
              </Rows>
            </Card>
            {pages.problem ? <Problem problem={pages.problem} onRetry={() => { void pages.next() }} /> : null}
            <Pager {...pages} of="存折" />
          </>
        )}
    </Content>
  )
}

/** One line with what stands behind it, and taking it back. `onOther`: back to the others. */
function OneLine({ entryId, ownerId, onOther }: { entryId: string; ownerId: string; onOther?: () => void }) {
  const entry = useQuery('points.entry', { entryId, ...(ownerId === '' ? {} : { personId: ownerId }) })
  const reverse = useAction('points.reverse')
  const [isAsking, setAsking] = useState(false)
  const [reversed, setReversed] = useState<{ entryId: string; balance: number } | null>(null)
  const line = entry.output?.line
  const may = entry.output?.acts.includes('reverse') === true && entry.output.reversedBy === null
  return (
    <Screen title="冲正" foot={may && !isAsking && reversed === null ? <Foot say={line ? `${entry.output?.ownerName ?? ''}：${line.words}，${pointsWords(line.amount)} 分。冲正以后两笔都在，账面抵掉。` : null} main={<Button kind="danger" onPress={() => setAsking(true)}>冲正这一笔</Button>} /> : undefined}>
      {onOther ? <Button kind="outline" onPress={onOther}>换一笔</Button> : null}
      {reversed ? <Notice isAnnounced title="冲正好了" actions={<Button kind="outline" icon="file-text" onPress={() => openEntry(reversed.entryId)}>看冲正的那一笔</Button>}>存折里现在可用 {pointsWords(reversed.balance)} 分。</Notice> : null}
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
    </Screen>
  )
}
