/** 我的作品: what was handed in and what became of it; taken back at any time; and what the community answered. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { WidePicture } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonChooser } from '@/components/person-chooser'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { asOption, useForWhom } from '@/services/for-whom'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { aboutWords, likesWords, open, sortWords, stateWords } from './words'

type Mine = OutputOf<'gallery.mine'>

const SHOWN = 6

export function MineScreen({ elderId }: { elderId: string | null }) {
  return elderId === null ? <OfFamily /> : <Screen title="作品"><Works elderId={elderId} isAtCounter /></Screen>
}

function OfFamily() {
  const { home, elder, elders, choose } = useForWhom()
  return (
    <Screen title="我的作品">
      {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
      {elder ? <Works key={elder.personId} elderId={elder.personId} /> : <Content of={home}>{() => null}</Content>}
    </Screen>
  )
}

function Works({ elderId, isAtCounter = false }: { elderId: string; isAtCounter?: boolean }) {
  const mine = useQuery('gallery.mine', { elderId })
  const [answered, setAnswered] = useState<string | null>(null)
  const handIn = () => open('hand-in', isAtCounter ? `elderId=${elderId}` : '')
  return (
    <>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={mine}>
        {(shown) => (
          <Box className="stack">
            {isAtCounter ? <Box className="lead">{shown.elderName}</Box> : null}
            {shown.works.length === 0
              ? <Empty icon="award" title="还没有交过作品" next="写的字、画的画、拍的照片、做的手工，都可以交。" action={{ words: '交一幅作品', onPress: handIn }} />
              : <Button kind="outline" icon="plus" onPress={handIn}>再交一幅</Button>}
            <Parts rows={shown.works} size={SHOWN} of="作品">{(works) => works.map((work) => <MyWork key={work.workId} work={work} onDone={(words) => { setAnswered(words); mine.reload() }} />)}</Parts>
            <Asked asks={shown.asks} />
          </Box>
        )}
      </Content>
    </>
  )
}

function MyWork({ work, onDone }: { work: Mine['works'][number]; onDone: (words: string) => void }) {
  const now = useServerNow()
  const [takeBack, setNamed] = [useAction('gallery.takeBack'), useAction('gallery.setNamed')]
  const [isAsking, setAsking] = useState(false)
  const { words, tone } = stateWords(work.state)
  const isKept = work.state !== 'takenBack' && work.state !== 'removed'
  const rename = async () => { if (await setNamed.run({ workId: work.workId, isNamed: !work.isNamed })) onDone(work.isNamed ? `「${work.title}」不写名字了` : `「${work.title}」写上名字了`) }
  return (
    <Card label={work.title}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{work.title}</Box><Tag tone={tone}>{words}</Tag></Box>
        {work.url === '' ? null : <WidePicture address={work.url} words={work.title} isTitled />}
        <Box>
          <Fact term="是什么">{sortWords(work.sort)}</Fact>
          <Fact term="谁交的">{work.handedInByName}，{momentWords(work.at, now)}</Fact>
          {work.state === 'published' ? <Fact term="喜欢">{likesWords(work.likes)}</Fact> : null}
          {work.dueAt === null ? null : <Fact term="什么时候看">{momentWords(work.dueAt, now)} 前</Fact>}
          {work.decidedWords === null ? null : <Fact term="社区说">{work.decidedWords}（{work.decidedByName}）</Fact>}
        </Box>
        {takeBack.problem ?? setNamed.problem ? <Problem problem={(takeBack.problem ?? setNamed.problem) as NonNullable<typeof takeBack.problem>} /> : null}
        {isAsking
          ? <ConfirmSheet question={`取回「${work.title}」？图会删掉，别人再也看不到。`} yes="取回" isBesides isBusy={takeBack.isPending} onNo={() => setAsking(false)} onYes={async () => { if (await takeBack.run({ workId: work.workId })) onDone(`「${work.title}」取回了，图删掉了`) }} />
          : isKept
            ? (
              <>
                <Button kind="outline" label={`${work.isNamed ? '不写名字了' : '写上名字'}，${work.title}`} isBusy={setNamed.isPending} onPress={rename}>{work.isNamed ? '不写名字了' : '写上名字'}</Button>
                <Button kind="outline" label={`取回这幅，${work.title}`} onPress={() => setAsking(true)}>取回这幅</Button>
              </>
            )
            : null}
      </Box>
    </Card>
  )
}

/** What was asked about pictures, and what the community said. */
function Asked({ asks }: { asks: Mine['asks'] }) {
  const now = useServerNow()
  if (asks.length === 0) return null
  return (
    <>
      <Heading level={2} className="section">请社区看的图</Heading>
      {asks.map((ask) => (
        <Card key={ask.askId} label={ask.title}>
          <Box className="stack">
            <Box className="between"><Box className="lead">{ask.title}</Box><Tag tone={ask.answer === null ? 'gold' : 'willow'}>{ask.answer === null ? '等答复' : ask.answer.isUpheld ? '撤下了' : '看过了'}</Tag></Box>
            <Box className="body">{aboutWords(ask.about)}，{momentWords(ask.at, now)} 说的。</Box>
            <Box className="body">{ask.answer === null ? `社区 ${momentWords(ask.dueAt, now)} 前答复。` : `${ask.answer.byName}说：${ask.answer.words}`}</Box>
          </Box>
        </Card>
      ))}
    </>
  )
}
