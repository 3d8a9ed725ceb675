/** A message that WeChat could not carry: what to say on the telephone, and what came of it. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { PhoneCall } from './phone-call'

export type ToCall = OutputOf<'worker.today'>['toCall'][number]

export function CallCard({ message, onDone }: { message: ToCall; onDone: (words: string) => void }) {
  const called = useAction('message.called')
  const [isOpen, setOpen] = useState(false)
  const record = async (outcome: 'told' | 'noAnswer') => {
    if (await called.run({ messageId: message.messageId, outcome })) onDone(outcome === 'told' ? `记下了，${message.personName}知道了` : `记下了，${message.personName}没有接`)
  }
  return (
    <Card label={`要打电话：${message.personName}`}>
      <Box className="stack">
        <Box>
          <Box className="lead">{message.personName} · {message.communityName}</Box>
          <Box className="body">{message.gist}</Box>
          <Box className="small">{momentWords(message.dueAt)} 起该告诉</Box>
        </Box>
        {called.problem ? <Problem problem={called.problem} /> : null}
        {isOpen
          ? (
            <>
              <PhoneCall name={message.personName} about={{ by: 'person', personId: message.personId }} purpose="callBack" />
              <Box className="pair">
                <Button kind="outline" isBusy={called.isPending} label={`没人接，${message.personName}`} onPress={() => record('noAnswer')}>没人接</Button>
                <Button kind="outline" isBusy={called.isPending} label={`说到了，${message.personName}`} onPress={() => record('told')}>说到了</Button>
              </Box>
            </>
          )
          : <Button kind="outline" icon="phone-call" label={`打电话，${message.personName}`} onPress={() => setOpen(true)}>打电话</Button>}
      </Box>
    </Card>
  )
}
