/** One work, big: like it, or say that it should not be there. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { WidePicture } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { PersonChooser } from '@/components/person-chooser'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import type { AskAbout } from '@/domain/gallery'
import { asOption, useForWhom } from '@/services/for-whom'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { SharePart } from './share-part'
import { aboutWords, likesWords, open, sortWords, whoseWords } from './words'

type Work = OutputOf<'gallery.show'>

export function WorkScreen({ workId }: { workId: string }) {
  const work = useQuery('gallery.show', { workId })
  const like = useAction('gallery.like')
  const [asking, setAsking] = useState<AskAbout | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = work
  const turn = async () => { if (await like.run({ workId, isLiked: output?.isLiked !== true })) work.reload() }
  return (
    <Screen
      title={output ? sortWords(output.sort) : '作品'} subtitle={output?.communityName}
      foot={output && asking === null
        ? <Foot say={likesWords(output.likes)} problem={like.problem ? <Problem problem={like.problem} /> : null} main={<Button kind={output.isLiked ? 'outline' : 'primary'} icon="smile" isBusy={like.isPending} onPress={turn}>{output.isLiked ? '喜欢过了，收回' : '喜欢'}</Button>} />
        : undefined}
    >
      {answered ? <Notice isAnnounced title={answered} actions={<Button kind="outline" onPress={() => open('list')}>回乐龄风采</Button>} /> : null}
      {answered ? null : (
        <Content of={work} shape="detail">
          {(shown) => (
            <>
              <Shown work={shown} />
              {shown.mayRemove && asking === null ? <Remove workId={workId} title={shown.title} onDone={setAnswered} /> : null}
              {shown.mayBeHandedOn && asking === null ? <SharePart work={shown} /> : null}
              {shown.isMine ? <Button kind="outline" onPress={() => open('mine')}>这是您交的，去看看</Button> : null}
              {asking
                ? <Ask workId={workId} about={asking} onNo={() => setAsking(null)} onDone={(words) => { setAsking(null); if (asking === 'me') setAnswered(words); else work.reload() }} />
                : (
                  <Box className="stack">
                    {shown.asked.includes('unseemly') ? <Notice tone="gold" title="您说过这张不合适，社区会来看" /> : null}
                    <Button kind="outline" onPress={() => setAsking('me')}>{aboutWords('me')}</Button>
                    {shown.asked.includes('unseemly') ? null : <Button kind="quiet" onPress={() => setAsking('unseemly')}>{aboutWords('unseemly')}</Button>}
                  </Box>
                )}
            </>
          )}
        </Content>
      )}
    </Screen>
  )
}

/** Staff take it down, with a reason that its author reads. */
function Remove({ workId, title, onDone }: { workId: string; title: string; onDone: (words: string) => void }) {
  const decide = useAction('gallery.decide')
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) return <Button kind="dangerOutline" onPress={() => setAsking(true)}>撤下（工作人员）</Button>
  return <ReasonSheet question={`撤下「${title}」？图会删掉，不能再放回去。`} yes="撤下" isBesides isBusy={decide.isPending} problem={decide.problem} hint="本人看得到这句话" onNo={() => setAsking(false)} onYes={async (words) => { if (await decide.run({ workId, decision: 'remove', words })) onDone(`「${title}」撤下了，图删掉了`) }} />
}

function Shown({ work }: { work: Work }) {
  return (
    <Card>
      <Box className="stack">
        <WidePicture address={work.url} words={work.title} isTitled />
        <Box className="stack-tight">
          <Heading level={2} className="lead">{work.title}</Heading>
          {work.words ? <Box className="body">{work.words}</Box> : null}
          <Box className="small">{whoseWords(work)} · {momentWords(work.at)}</Box>
        </Box>
      </Box>
    </Card>
  )
}

/** Who is on it, or finds it unseemly: oneself or somebody one acts for. */
function Ask({ workId, about, onNo, onDone }: { workId: string; about: AskAbout; onNo: () => void; onDone: (words: string) => void }) {
  const now = useServerNow()
  const { elder, elders, choose } = useForWhom()
  const ask = useAction('gallery.ask')
  const send = async (words: string) => {
    if (!elder) return
    const done = await ask.run({ workId, elderId: elder.personId, about, ...(words === '' ? {} : { words }) })
    if (done) onDone(`这张图先收起来了，社区 ${momentWords(done.dueAt, now)} 前答复。在「我的作品」里看。`)
  }
  return (
    <ReasonSheet
      question={about === 'me' ? `图里有${elder === undefined || elder.isMe ? '您' : elder.name}，不想给人看？马上先收起来，社区一天内答复。` : '请社区来看看这张图？三天内会有人看。'} yes={about === 'me' ? '收起来' : '请社区看看'} label="说一句（可以不写）" isOptional isBesides={about === 'me'}
      isBusy={ask.isPending} isDisabled={elder === undefined} problem={ask.problem} onNo={onNo} onYes={send}
    >
      {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
    </ReasonSheet>
  )
}
