/** What waits in the gallery: works to look at, pictures that somebody wants gone, what the check held; what is due first on top. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { WidePicture } from '@/components/big-text'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { aboutWords, open, sortWords } from './words'

type Row = OutputOf<'gallery.board'>['items'][number]
type Ask = Row['asks'][number]

export function BoardScreen() {
  const pages = usePages('gallery.board', {})
  const [answered, setAnswered] = useState<string | null>(null)
  const { first, items, problem } = pages
  const done = (words: string) => { setAnswered(words); first.reload() }
  return (
    <Screen title="乐龄风采" subtitle="等着看的">
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={first}>
        {() => (
          <Box className="stack">
            {items.length === 0 ? <Empty icon="circle-check" title="没有等着看的" next="居民交了作品，或者有人请撤下一张图，会到这里来。" /> : items.map((row) => <WaitingCard key={row.workId} row={row} onDone={done} />)}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="等着看的" />
            <Button kind="outline" onPress={() => open('list')}>看大家看得到的</Button>
          </Box>
        )}
      </Content>
    </Screen>
  )
}

const blockedWords = { OWN_CASE: '这是您自己或家里人的，请另一位同事看。', SECOND_PERSON: '这幅没有通过检查，是您交的，请另一位同事看。' } as const

function WaitingCard({ row, onDone }: { row: Row; onDone: (words: string) => void }) {
  const now = useServerNow()
  const decide = useAction('gallery.decide')
  const [isReturning, setReturning] = useState(false)
  const isLate = row.dueAt < now
  const publish = async () => { if (await decide.run({ workId: row.workId, decision: 'publish' })) onDone(`「${row.title}」放上去了`) }
  const giveBack = async (words: string) => { if (await decide.run({ workId: row.workId, decision: 'return', words })) onDone(`「${row.title}」退回了，本人看得到为什么`) }
  return (
    <Card tone={isLate ? 'sos' : row.isHeld || row.asks.length > 0 ? 'gold' : 'plain'} label={row.title}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{row.title}</Box><Tag tone={isLate ? 'sos' : 'gold'}>{isLate ? '过了时间' : `${momentWords(row.dueAt, now)} 前`}</Tag></Box>
        {row.url === '' ? null : <WidePicture address={row.url} words={row.title} isTitled />}
        <Box>
          <Fact term="是什么">{sortWords(row.sort)}</Fact>
          {row.words ? <Fact term="写的话">{row.words}</Fact> : null}
          {row.author ? <Fact term="谁的">{row.author.name}，{row.author.isNamed ? '署名' : '不署名'}</Fact> : null}
          {row.activity ? <Fact term="活动">{row.activity.title}</Fact> : null}
          <Fact term="谁交的">{row.handedInByName} · {row.communityName}</Fact>
        </Box>
        {row.isHeld ? <Notice tone="gold" title="机器没有放行">可能图大了，也可能不合适。请您看清楚再定。</Notice> : null}
        {row.state !== 'waiting' ? null : row.blocked ? <Box className="body">{blockedWords[row.blocked]}</Box>
          : isReturning
            ? <ReasonSheet question={`退回「${row.title}」？`} yes="退回" isBesides isBusy={decide.isPending} problem={decide.problem} hint="本人看得到这句话" onNo={() => setReturning(false)} onYes={giveBack} />
            : (
              <>
                {decide.problem ? <Problem problem={decide.problem} /> : null}
                <Button label={`可以，放上去，${row.title}`} isBusy={decide.isPending} onPress={publish}>可以，放上去</Button>
                <Button kind="outline" label={`退回，说为什么，${row.title}`} onPress={() => setReturning(true)}>退回，说为什么</Button>
              </>
            )}
        {row.asks.map((ask) => <AskPart key={ask.askId} row={row} ask={ask} onDone={onDone} />)}
      </Box>
    </Card>
  )
}

function AskPart({ row, ask, onDone }: { row: Row; ask: Ask; onDone: (words: string) => void }) {
  const now = useServerNow()
  const answer = useAction('gallery.answer')
  const [isUpheld, setUpheld] = useState<boolean | null>(null)
  const send = async (words: string) => {
    if (isUpheld === null) return
    if (await answer.run({ workId: row.workId, askId: ask.askId, isUpheld, words })) onDone(isUpheld ? `「${row.title}」撤下了，图删掉了` : `答复了${ask.elderName}`)
  }
  const who = ask.byName === ask.elderName ? ask.elderName : `${ask.elderName}（${ask.byName}替说的）`
  return (
    <Box className="stack">
      <Notice tone="warm" title={`${who}：${aboutWords(ask.about)}`}>{ask.words ? `「${ask.words}」` : ''}{ask.about === 'me' ? '现在别人看不到这张图。' : ''}请在 {momentWords(ask.dueAt, now)} 前答复。</Notice>
      {isUpheld === null
        ? (
          <>
            <Button kind="dangerOutline" label={`撤下这张图，${row.title}`} onPress={() => setUpheld(true)}>撤下这张图</Button>
            <Button kind="outline" label={`不撤下，说为什么，${row.title}`} onPress={() => setUpheld(false)}>不撤下，说为什么</Button>
          </>
        )
        : <ReasonSheet question={isUpheld ? '撤下这张图？图会删掉，不能再放回去。' : '留着这张图？'} yes={isUpheld ? '撤下' : '留着'} isBesides={isUpheld} isAside={!isUpheld} label={`对${ask.elderName}说一句`} isBusy={answer.isPending} problem={answer.problem} onNo={() => setUpheld(null)} onYes={send} />}
    </Box>
  )
}
