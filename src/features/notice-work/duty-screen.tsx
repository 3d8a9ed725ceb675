/** Who is left: to telephone, to visit, or to help, in the order of the walk. One answer at a time: told, no answer, needs help. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { ReasonSheet } from '@/components/reason-sheet'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { sentToWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { ReachSomebody } from './reach-somebody'

type What = 'call' | 'visit' | 'help'
type Person = OutputOf<'notice.duty'>['items'][number]

const parts = [{ key: 'call', words: '电话' }, { key: 'visit', words: '上门' }, { key: 'help', words: '帮忙' }]
const none: Record<What, { title: string; next: string }> = {
  call: { title: '没有要打的电话', next: '到了时间还没说知道的人，会排到这里。' },
  visit: { title: '没有要上门的', next: '电话没人接的人，会排到这里，按楼排好。' },
  help: { title: '没有要帮忙的', next: '看了通知说要帮忙的人，会到这里来。' },
}

export function DutyScreen({ what: begun, noticeId }: { what: What; noticeId: string | null }) {
  const [what, setWhat] = useState<What>(begun)
  return (
    <Screen title="还没知道的人" subtitle={noticeId === null ? '所有通知' : '这一条通知'}>
      <Segments label="怎么告诉" parts={parts} selected={what} onChoose={(key) => setWhat(key as What)} />
      <People key={what} what={what} noticeId={noticeId} />
    </Screen>
  )
}

function People({ what, noticeId }: { what: What; noticeId: string | null }) {
  const pages = usePages('notice.duty', { what, ...(noticeId === null ? {} : { noticeId }) })
  const [answered, setAnswered] = useState<string | null>(null)
  const { first, items, problem } = pages
  const all = first.output?.all || null
  return (
    <>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={first}>
        {() => (
          <Box className="stack">
            {all === null ? null : <Box className="body tabular">一共 {all} 位要帮忙，先说的在前面。</Box>}
            {items.length === 0 ? <Empty icon="users" {...none[what]} /> : items.map((person) => <PersonCard key={`${person.noticeId} ${person.personId}`} person={person} what={what} onDone={(words) => { setAnswered(words); first.reload() }} />)}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="人" />
          </Box>
        )}
      </Content>
    </>
  )
}

function PersonCard({ person, what, onDone }: { person: Person; what: What; onDone: (words: string) => void }) {
  const now = useServerNow()
  const [told, take, finish] = [useAction('notice.told'), useAction('notice.takeHelp'), useAction('notice.finishHelp')]
  const [asked, setAsked] = useState<'reach' | 'help' | 'finish' | null>(null)
  const who = { noticeId: person.noticeId, personId: person.personId }
  const how = what === 'visit' ? 'door' as const : 'phone' as const
  const say = async (outcome: 'told' | 'noAnswer' | 'needsHelp', words?: string) => {
    const done = await told.run({ ...who, how, outcome, ...(words === undefined || words === '' ? {} : { words }) })
    if (done) setAsked(null)
    if (done) onDone(outcome === 'told' ? `${person.name}知道了` : outcome === 'needsHelp' ? `${person.name}要帮忙，记下了` : done.safetyCaseId !== null ? `${person.name}没应门，开了安全事件` : done.duty === 'visit' ? (how === 'door' ? `${person.name}没应门，还留在上门里` : `${person.name}没接，排到上门里`) : `${person.name}没接，过会儿再打`)
  }
  const problem = told.problem ?? take.problem ?? finish.problem
  const noAnswerWords = how === 'door' ? '没人应门' : '没人接'
  return (
    <Card label={`${person.name}，${person.title}`}>
      <Box className="stack">
        <Box className="stack-tight">
          <Box className="between"><Heading level={2} className="lead">{person.name}，{person.age} 岁</Heading>{person.livesAlone ? <Tag tone="gold">独居</Tag> : null}</Box>
          <Box className="body">{[person.communityName, person.gridName, person.building === null ? null : `${person.building} 幢`].filter(Boolean).join(' · ')}</Box>
          <Box className="small">{person.title}</Box>
          {person.sentTo.map((one) => <Box key={`${one.name} ${one.at}`} className="small">{momentWords(one.at, now)} {sentToWords(one)}</Box>)}
          {person.tries.map((one) => <Box key={one.at} className="small">{momentWords(one.at, now)} {one.byName}{one.how === 'phone' ? '打过电话' : '上过门'}，{one.outcome === 'noAnswer' ? '没人应' : '告诉了'}</Box>)}
        </Box>
        {person.help ? <Box className="strong">{person.help.words ?? '没有写要帮什么，打电话问一问'}</Box> : null}
        {problem && asked !== 'help' && asked !== 'finish' ? <Problem problem={problem} /> : null}
        {asked === 'reach' ? <ReachSomebody personId={person.personId} name={person.name} noticeId={person.noticeId} how={what === 'visit' ? 'door' : 'phone'} /> : null}
        {what === 'help' ? (
          <>
            {asked === null ? <Button kind="outline" icon="phone-call" label={`打电话，${person.name}`} onPress={() => setAsked('reach')}>打电话</Button> : null}
            {person.help?.takenByMe
              ? asked === 'finish'
                ? <ReasonSheet question={`${person.name}的事办好了？`} label="做了什么" yes="办好了" maxLength={80} isBusy={finish.isPending} problem={finish.problem} onNo={() => setAsked(null)} onYes={async (words) => { if (await finish.run({ ...who, words })) onDone('办好了，记下了') }} />
                : <Button label={`办好了，${person.name}`} onPress={() => setAsked('finish')}>办好了</Button>
              : person.help?.takenByName ? <Box className="body">{person.help.takenByName}在办</Box> : <Button label={`我来办，${person.name}`} isBusy={take.isPending} onPress={async () => { if (await take.run(who)) onDone(`${person.name}的事您来办`) }}>我来办</Button>}
          </>
        ) : asked === 'help' ? (
          <ReasonSheet question={`${person.name}要帮什么忙？`} label="要帮什么忙" isOptional maxLength={80} yes="记下" isBusy={told.isPending} problem={told.problem} onNo={() => setAsked(null)} onYes={(words) => say('needsHelp', words)} />
        ) : asked === null ? (
          <Button kind="outline" icon={how === 'door' ? 'map-pin' : 'phone-call'} label={`${how === 'door' ? '上门' : '打电话'}，${person.name}`} onPress={() => setAsked('reach')}>{how === 'door' ? '上门' : '打电话'}</Button>
        ) : (
          <>
            <Button isBusy={told.isPending} label={`告诉${person.name}了`} onPress={() => say('told')}>告诉了</Button>
            <Box className="pair"><Button kind="outline" isBusy={told.isPending} label={`${noAnswerWords}，${person.name}`} onPress={() => say('noAnswer')}>{noAnswerWords}</Button><Button kind="outline" label={`要帮忙，${person.name}`} onPress={() => setAsked('help')}>要帮忙</Button></Box>
            {what === 'visit' && person.opensCase ? <Box className="small">没人应门，会开安全事件，马上找家人。</Box> : null}
          </>
        )}
      </Box>
    </Card>
  )
}
