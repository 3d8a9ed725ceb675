/** 谁能替我办事: who asks, who may, and the one tap that ends it. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { InOrder } from '@/components/in-order'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useReadAloud } from '@/services/speech'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { endOf, scopeWords, scopesWords, terms, untilWords, type Scope } from './scope-words'

type OfMe = OutputOf<'delegation.ofMe'>
type Request = OfMe['requests'][number]
type Delegate = OfMe['delegates'][number]

/** Family may ask any moment, ms. */
const LOOK_AGAIN_MS = 6_000

export function OfMeScreen() {
  const ofMe = useQuery('delegation.ofMe', {}, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setAnswered(words); ofMe.reload() }
  return (
    <Screen title="谁能替我办事">
      {answered ? <Notice title={answered} isAnnounced /> : null}
      <Content of={ofMe}>
        {({ requests, delegates, callOrder }) => {
          const now = delegates.filter((one) => one.state === 'active')
          const before = delegates.filter((one) => one.state !== 'active')
          return (
            <>
              {requests.map((request, index) => <Asking key={request.delegationRequestId} request={request} isFirst={index === 0} onDone={done} />)}
              {now.length > 0 ? <Heading level={2} className="section">现在能替您办的</Heading> : null}
              {now.map((one) => <Active key={one.personId} delegate={one} isBesides={requests.length > 0} onDone={done} />)}
              <CallOrder delegates={now} order={callOrder} onDone={done} />
              {before.length > 0 ? <Heading level={2} className="section">以前的</Heading> : null}
              {before.map((one) => (
                <Card key={one.personId}>
                  <Box className="between"><Box className="lead">{one.kinship} {one.name}</Box><Tag tone="plain">{one.state === 'ended' ? '已经停了' : '到期了'}</Tag></Box>
                </Card>
              ))}
              {requests.length === 0 && delegates.length === 0 ? <Empty icon="users" title="还没有人能替您办事" next="家里人在自己手机上点「想替老人办事」，您在这里同意。" /> : null}
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

function Asking({ request, isFirst, onDone }: { request: Request; isFirst: boolean; onDone: (words: string) => void }) {
  const approve = useAction('delegation.approve')
  const refuse = useAction('delegation.refuse')
  const [scopes, setScopes] = useState<readonly Scope[]>(request.scopes)
  const [term, setTerm] = useState('asked')
  const [step, setStep] = useState<'ask' | 'less' | 'refuse'>('ask')
  // Less than was asked for can be given, more cannot.
  const shorter = terms.filter((one) => endOf(one.days) < request.endOn)
  const chosen = shorter.find((one) => one.key === term)
  const endOn = chosen ? endOf(chosen.days) : request.endOn
  const who = `${request.kinship}${request.fromName}`
  const sentence = scopes.length === 0 ? '一件也没有选。' : `同意${who}替您${scopes.map(scopeWords).join('、')}，到${untilWords(endOn)}为止。您随时能停。`
  const read = useReadAloud(sentence)
  const problem = approve.problem ?? refuse.problem
  return (
    <Card tone="gold" label={`${who}想替您办事`}>
      <Box className="stack">
        <PersonLine name={request.fromName} title={`${who}想替您办事`} detail={momentWords(request.at)} />
        {step === 'less'
          ? (
            <>
              <AnswerChoice isMany label="让他办什么" answers={request.scopes.map((scope) => ({ key: scope, title: scopeWords(scope) }))} selected={scopes} onChoose={(key) => setScopes(request.scopes.filter((scope) => (scope === key ? !scopes.includes(scope) : scopes.includes(scope))))} />
              {shorter.length > 0 ? <AnswerChoice label="多久" answers={[...shorter.map((one) => ({ key: one.key, title: one.words })), { key: 'asked', title: `到${untilWords(request.endOn)}` }]} selected={[term]} onChoose={setTerm} /> : null}
            </>
          )
          : null}
        <Box className="body">{sentence}</Box>
        {problem ? <Problem problem={problem} /> : null}
        {step === 'refuse'
          ? <ConfirmSheet question={`不让${who}替您办？`} yes="不同意" isBesides={!isFirst} isBusy={refuse.isPending} onNo={() => setStep('ask')} onYes={async () => { if (await refuse.run({ delegationRequestId: request.delegationRequestId })) onDone(`没有同意${who}`) }} />
          : (
            <>
              <Button
                kind={isFirst ? 'primary' : 'outline'} isBusy={approve.isPending} isDisabled={scopes.length === 0}
                onPress={async () => { if (await approve.run({ delegationRequestId: request.delegationRequestId, scopes: [...scopes], endOn })) onDone(`好了，${who}能替您办事了`) }}
              >
                同意
              </Button>
              <ReadAloud {...read} />
              {step === 'ask' ? <Button kind="outline" onPress={() => setStep('less')}>只让办一部分</Button> : null}
              <Button kind="outline" onPress={() => setStep('refuse')}>不同意</Button>
            </>
          )}
      </Box>
    </Card>
  )
}

/** Who is called first when nobody hears of the elder; nothing to say where there is only one. */
function CallOrder({ delegates, order, onDone }: { delegates: readonly Delegate[]; order: readonly string[]; onDone: (words: string) => void }) {
  const set = useAction('delegation.setOrder')
  const me = useMyId()
  const people = order.flatMap((personId) => delegates.filter((one) => one.personId === personId).map((one) => ({ key: personId, name: `${one.kinship}${one.name}` })))
  if (people.length < 2 || me === undefined) return null
  return (
    <>
      <Heading level={2} className="section">有急事，先打给谁</Heading>
      {set.problem ? <Problem problem={set.problem} /> : null}
      <InOrder label="有急事，先打给谁" people={people} isBusy={set.isPending} onFirst={async (personIds, name) => { if (await set.run({ elderId: me, personIds })) onDone(`好了，有急事先打给${name}`) }} />
    </>
  )
}

function Active({ delegate, isBesides, onDone }: { delegate: Delegate; isBesides: boolean; onDone: (words: string) => void }) {
  const end = useAction('delegation.end')
  const me = useMyId()
  const [isAsking, setAsking] = useState(false)
  const who = `${delegate.kinship}${delegate.name}`
  const question = `不再让${who}替您办事？约好的服务照旧。`
  const read = useReadAloud(question)
  return (
    <Card label={who}>
      <Box className="stack">
        <PersonLine name={delegate.name} title={`${delegate.kinship} ${delegate.name}`} detail={`${momentWords(delegate.givenAt)} ${delegate.how === 'elderTap' ? '您点的同意' : '在社区当面办的'}`} />
        <Box className="body">{scopesWords(delegate.scopes)}</Box>
        <Box className="small">到{untilWords(delegate.endOn)}为止</Box>
        {isAsking
          ? (
            <ConfirmSheet question={question} yes="停掉" isBesides={isBesides} isBusy={end.isPending} isDisabled={me === undefined} onNo={() => setAsking(false)} onYes={async () => { if (me && await end.run({ elderId: me, personId: delegate.personId })) onDone(`停掉了，${who}不能再替您办事`) }}>
              {end.problem ? <Problem problem={end.problem} /> : null}
              <ReadAloud {...read} />
            </ConfirmSheet>
          )
          : <Button kind="outline" onPress={() => setAsking(true)}>停掉</Button>}
      </Box>
    </Card>
  )
}
