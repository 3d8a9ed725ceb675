/** 安全事件 (law 4): how long it is open, what was tried, whom to telephone, and who goes. It closes with a person seen, or the family's word. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { Tag } from '@/components/tag'
import { openForWords } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { PhoneCall } from './phone-call'

export type Safety = OutputOf<'worker.today'>['safety'][number]

interface SafetyCardProps {
  safety: Safety
  /** the server's time, ms */
  now: number
  onChanged: () => void
  onClose: () => void
}

export function SafetyCard({ safety, now, onChanged, onClose }: SafetyCardProps) {
  const take = useAction('safety.take')
  const [isCalling, setCalling] = useState(false)
  const isMine = safety.status === 'taken' && safety.takenByMe
  return (
    <Card tone="sos" label={`要去看看：${safety.elderName}`}>
      <Box className="stack">
        <Box className="between">
          <Tag tone="sos">没联系上</Tag>
          <Box className="small tabular">{openForWords(now - safety.openedAt)}</Box>
        </Box>
        <Box>
          <Box className="lead">{safety.elderName} {safety.age} 岁{safety.livesAlone ? ' · 独居' : ''}</Box>
          <Box className="body">{safety.words}</Box>
          <Box className="small">{safety.communityName}{safety.family.length > 0 ? ` · 家人：${safety.family.map((member) => `${member.kinship}${member.name}`).join('、')}` : ' · 没有登记家人'}</Box>
          {safety.status === 'taken' ? <Box className="accent">{safety.takenByMe ? '您在去看' : `${safety.takenByName ?? '同事'}在去看`}</Box> : null}
        </Box>
        {take.problem ? <Problem problem={take.problem} /> : null}
        {isCalling
          ? (
            <Box className="stack">
              <PhoneCall name={safety.elderName} about={{ by: 'safetyCase', safetyCaseId: safety.safetyCaseId, personId: safety.elderId }} purpose="safety" />
              {safety.family.map((member) => <PhoneCall key={member.personId} name={`${member.kinship}${member.name}`} about={{ by: 'safetyCase', safetyCaseId: safety.safetyCaseId, personId: member.personId }} purpose="safety" />)}
            </Box>
          )
          : null}
        <Box className="pair">
          {isCalling ? <Button kind="quiet" onPress={() => setCalling(false)}>收起电话</Button> : <Button kind="outline" icon="phone-call" label={`打电话，${safety.elderName}`} onPress={() => setCalling(true)}>打电话</Button>}
          {isMine
            ? <Button label={`有结果了，${safety.elderName}`} onPress={onClose}>有结果了</Button>
            : <Button label={`我去看看，${safety.elderName}`} isBusy={take.isPending} onPress={async () => { await take.run({ safetyCaseId: safety.safetyCaseId }); onChanged() }}>我去看看</Button>}
        </Box>
      </Box>
    </Card>
  )
}
