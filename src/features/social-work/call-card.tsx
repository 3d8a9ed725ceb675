/** Messages that WeChat could not carry: one call to one person, with everything that is to be said, and what came of it. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { OfferAnswer } from './offer-answer'
import { PhoneCall } from './phone-call'

type ToCall = OutputOf<'worker.today'>['toCall'][number]
/** What one person is to be told, the oldest first. */
export type Calls = readonly [ToCall, ...ToCall[]]

/** One call a person, in the order in which the first message of each fell due. */
export function byPerson(messages: readonly ToCall[]): Calls[] {
  const calls = new Map<string, [ToCall, ...ToCall[]]>()
  for (const message of messages) {
    const known = calls.get(message.personId)
    if (known) known.push(message)
    else calls.set(message.personId, [message])
  }
  return [...calls.values()]
}

/**
 * Each service once, with everything there is to say of it. A gist reads 「王敏 替您约好了：王秀珍，助浴，11月22日 星期日 14:00」; who is
 * called stands above already.
 */
function mattersOf(messages: Calls): { service: string; said: string }[] {
  const matters = new Map<string, string[]>()
  for (const { gist, personName } of messages) {
    const colon = gist.lastIndexOf('：')
    const after = gist.slice(colon + 1)
    const service = after.startsWith(`${personName}，`) ? after.slice(personName.length + 1) : after
    matters.set(service, [...(matters.get(service) ?? []), gist.slice(0, Math.max(0, colon))])
  }
  return [...matters].map(([service, said]) => ({ service, said: said.filter(Boolean).join('；') }))
}

export function CallCard({ messages, onDone }: { messages: Calls; onDone: (words: string) => void }) {
  const called = useAction('message.called')
  const [isOpen, setOpen] = useState(false)
  const [first] = messages
  const record = async (outcome: 'told' | 'noAnswer') => {
    for (const { messageId } of messages) if (!(await called.run({ messageId, outcome }))) return
    onDone(outcome === 'told' ? `记下了，${first.personName}知道了` : `记下了，${first.personName}没有接`)
  }
  return (
    <Card label={`要打电话：${first.personName}`}>
      <Box className="stack">
        <Box className="stack-tight">
          <Box className="lead">{first.personName} · {first.communityName}</Box>
          {mattersOf(messages).map(({ service, said }) => (
            <Box key={service}>
              <Box className="body">{service}</Box>
              {said ? <Box className="small">{said}</Box> : null}
            </Box>
          ))}
          <Box className="small">{momentWords(first.dueAt)} 起该告诉</Box>
        </Box>
        {called.problem ? <Problem problem={called.problem} /> : null}
        {isOpen
          ? (
            <>
              {messages.map(({ messageId, elderId, offer }) => offer && <OfferAnswer key={messageId} name={first.personName} elderId={elderId} offer={offer} onDone={onDone} />)}
              <PhoneCall name={first.personName} about={{ by: 'message', messageId: first.messageId }} purpose="callBack" />
              <Box className="pair">
                <Button kind="outline" isBusy={called.isPending} label={`没人接，${first.personName}`} onPress={() => record('noAnswer')}>没人接</Button>
                <Button kind="outline" isBusy={called.isPending} label={`说到了，${first.personName}`} onPress={() => record('told')}>说到了</Button>
              </Box>
            </>
          )
          : <Button kind="outline" icon="phone-call" label={`打电话，转告${first.personName}`} onPress={() => setOpen(true)}>打电话</Button>}
      </Box>
    </Card>
  )
}
