/** 安全事件 (law 4) on the day's page: how long it is open, whom the clock has come to, whom to telephone, and who goes. The case itself is a tap away. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { Tag } from '@/components/tag'
import { newsWords, nowWords, reasonWords, type SafetyBrief } from '@/services/safety-words'
import { openForWords } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { PhoneCall } from './phone-call'

interface SafetyCardProps {
  safety: SafetyBrief
  /** the server's time, ms */
  now: number
  onChanged: () => void
}

export function SafetyCard({ safety, now, onChanged }: SafetyCardProps) {
  const take = useAction('safety.take')
  const [isCalling, setCalling] = useState(false)
  const open = (more = '') => { void Taro.navigateTo({ url: `/pages/safety/case/index?safetyCaseId=${safety.safetyCaseId}${more}` }) }
  const where = nowWords(safety)
  const taken = take.problem && typeof take.details?.['name'] === 'string' ? { title: `${take.details['name']}刚刚接手了`, next: '点「看经过」，可以换您来。' } : take.problem
  return (
    <Card tone="sos" label={`要去看看：${safety.elderName}`}>
      <Box className="stack">
        <Box className="between">
          <Tag tone="sos">{reasonWords(safety.newest.reason)}</Tag>
          <Box className="small tabular">{openForWords(now - safety.openedAt)}</Box>
        </Box>
        <Box>
          <Box className="lead">{safety.elderName} {safety.age} 岁{safety.livesAlone ? ' · 独居' : ''}</Box>
          {newsWords(safety) ? <Box className="danger">{newsWords(safety)}</Box> : null}
          {safety.newest.words ? <Box className="body">{safety.newest.words}</Box> : null}
          <Box className="small">{safety.communityName}{safety.family.length > 0 ? ` · 家人：${safety.family.map((member) => `${member.kinship}${member.name}`).join('、')}` : ' · 没有登记家人'}</Box>
          {safety.status === 'taken' ? <Box className="accent">{safety.takenByMe ? '您在去看' : `${safety.takenByName ?? '同事'}在去看`}</Box> : null}
          {where ? <Box className={safety.status === 'taken' ? 'small' : 'danger'}>{where}</Box> : null}
        </Box>
        {taken ? <Problem problem={taken} /> : null}
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
          {safety.takenByMe
            ? <Button label={`有结果了，${safety.elderName}`} onPress={() => open('&close=1')}>有结果了</Button>
            : safety.status === 'open'
              ? <Button label={`我去看看，${safety.elderName}`} isBusy={take.isPending} onPress={async () => { await take.run({ safetyCaseId: safety.safetyCaseId, takenById: null }); onChanged() }}>我去看看</Button>
              : <Button kind="outline" label={`看经过，${safety.elderName}`} onPress={() => open()}>看经过</Button>}
        </Box>
        {safety.status === 'taken' && !safety.takenByMe ? null : <TextLink label={`看经过，记一笔，${safety.elderName}`} onPress={() => open()}>看经过，记一笔</TextLink>}
      </Box>
    </Card>
  )
}
