/** A meal of which it is not known whether it arrived: telephone, and write down what was said, without leaving the day's page. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { Tag } from '@/components/tag'
import { dishWords, placeWords } from '@/services/meal-words'
import { mealAsksWords } from '@/services/staff-words'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { PhoneCall } from './phone-call'

type WorkRow = OutputOf<'worker.today'>['exceptions'][number]

export function MealCard({ row, now, onDone }: { row: WorkRow; now: number; onDone: (words: string) => void }) {
  const callBack = useAction('visit.callBack')
  const [isCalling, setCalling] = useState(false)
  const open = () => { void Taro.navigateTo({ url: `/pages/social-worker/review/index?bookingId=${row.bookingId}` }) }
  const { words, tone } = mealAsksWords(row)
  const record = async (outcome: 'confirmed' | 'noAnswer') => {
    const said = outcome === 'confirmed' ? '电话里说收到了' : '电话没人接'
    if (await callBack.run({ bookingId: row.bookingId, outcome, words: said })) onDone(`记下了，${row.elderName}${outcome === 'confirmed' ? '收到了' : '没有接'}`)
  }
  return (
    <Card tone={tone === 'sos' ? 'sos' : 'gold'} label={`要问一问：${row.serviceName} ${row.elderName}`}>
      <Box className="stack">
        <Box>
          <Box className="inline"><Tag tone={tone}>{words}</Tag></Box>
          <Box className="lead">{row.serviceName} · {row.elderName}</Box>
          {row.meal ? <Box className="body">{dishWords(row.meal.dishName, row.meal.portions)}，{placeWords(row.meal.way, row.meal.siteName)}</Box> : null}
          <Box className="small">{whenWords(row.startsAt, row.endsAt, now)} · {row.communityName}</Box>
        </Box>
        {callBack.problem ? <Problem problem={callBack.problem} /> : null}
        {isCalling ? <PhoneCall name={row.elderName} about={{ by: 'booking', bookingId: row.bookingId }} purpose="callBack" /> : null}
        <Box className="pair">
          {isCalling
            ? <Button kind="outline" isBusy={callBack.isPending} label={`没人接，${row.elderName}`} onPress={() => record('noAnswer')}>没人接</Button>
            : <Button kind="outline" label={`打电话，${row.elderName}的${row.serviceName}`} onPress={() => setCalling(true)}>打电话</Button>}
          {isCalling
            ? <Button kind="outline" isBusy={callBack.isPending} label={`说收到了，${row.elderName}`} onPress={() => record('confirmed')}>说收到了</Button>
            : <Button kind="outline" label={`看经过，${row.elderName}的${row.serviceName}`} onPress={open}>看经过</Button>}
        </Box>
        {isCalling ? <TextLink label={`没收到，或别的，${row.elderName}的${row.serviceName}`} onPress={open}>没收到，或别的</TextLink> : null}
      </Box>
    </Card>
  )
}
