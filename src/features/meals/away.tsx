/** In hospital or away: nothing is ordered until somebody says that the elder is home again. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { TextLink } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'

export function AwayNotice({ why, whose }: { why: 'hospital' | 'away'; whose: string }) {
  return <Notice tone="gold" icon="door-open" title={why === 'hospital' ? `${whose}在住院，先不订餐` : `${whose}出门了，先不订餐`}>回来了，点下面的「回家了」，就能接着订。</Notice>
}

/** The way to say it beforehand. Meals that can still be cancelled are; `onDone` gets what happened in words. */
export function AwayAsk({ elderId, whose, onDone }: { elderId: string; whose: string; onDone: (words: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  const [why, setWhy] = useState<'hospital' | 'away' | null>(null)
  const away = useAction('person.setAway')
  const question = `${whose}要住院，还是出门？这些天先不订餐，订了的能取消的都取消，报了名的活动也退掉。`
  const read = useReadAloud(question)
  if (!isOpen) return <TextLink onPress={() => setOpen(true)}>要住院、出门，先停餐</TextLink>
  return (
    <ConfirmSheet
      question={question} yes="停餐" isAside isBusy={away.isPending} isDisabled={why === null} onNo={() => { setOpen(false); away.clear() }}
      onYes={async () => {
        if (why === null) return
        const done = await away.run({ personId: elderId, why })
        if (!done) return
        setOpen(false)
        onDone(`停餐了${done.cancelled > 0 ? `，取消了 ${done.cancelled} 餐` : ''}${(done.activities ?? 0) > 0 ? `，${done.activities ?? 0} 个活动不去了` : ''}${done.left > 0 ? `，还有 ${done.left} 餐截止了，要在「预约」里问问厨房` : ''}`)
      }}
    >
      {away.problem ? <Problem problem={away.problem} /> : null}
      <AnswerChoice label="为什么" answers={[{ key: 'hospital', title: '住院' }, { key: 'away', title: '出门' }]} selected={why ? [why] : []} onChoose={(key) => setWhy(key === 'hospital' ? 'hospital' : 'away')} />
      <Box><ReadAloud {...read} /></Box>
    </ConfirmSheet>
  )
}
