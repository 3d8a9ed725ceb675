/** Staff enter that somebody moved out or died. A death waits for a second person; nothing has changed until then. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice, DayStrip } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { Foot, Screen } from '@/components/screen'
import { addDays, civilDate, spokenDate, weekday } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { tellApart } from '@/services/staff-words'
import { dateWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

const DAYS_BACK = 13

export function ReportScreen({ personId }: { personId: string }) {
  const person = useQuery('person.show', { personId })
  const died = useAction('life.reportDeath')
  const moved = useAction('life.moveOut')
  const today = civilDate(serverNow())
  const [what, setWhat] = useState<'died' | 'movedOut' | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const onDate = chosen ?? today
  const [words, setWords] = useState('')
  const { output } = person
  const action = what === 'movedOut' ? moved : died
  const name = output?.name ?? ''
  const say = what === null ? `${name}怎么了？` : what === 'died' ? `${name}，${dateWords(onDate)}去世。要另一位工作人员核实，才停服务。` : `${name}，${dateWords(onDate)}迁出这个街道。服务都停，档案留着能看、能导出。`
  const submit = async () => {
    const made = await action.run({ personId, onDate, ...(words.trim() ? { words: words.trim() } : {}) })
    if (made) await Taro.redirectTo({ url: `/pages/life-work/event/index?lifeEventId=${made.lifeEventId}` })
  }
  const days = Array.from({ length: DAYS_BACK + 1 }, (_, index) => addDays(today, index - DAYS_BACK)).map((day) => ({ key: day, top: day === today ? '今天' : `周${'日一二三四五六'[weekday(day)] ?? ''}`, number: String(Number(day.slice(8, 10))), label: spokenDate(day) }))
  return (
    <Screen title="迁出、去世" foot={output ? <Foot say={say} problem={action.problem ? <Problem problem={action.problem} /> : null} main={<Button kind={what === 'movedOut' ? 'danger' : 'primary'} isDisabled={what === null} isBusy={action.isPending} onPress={submit}>{what === 'movedOut' ? '登记迁出' : '登记，等人核实'}</Button>} /> : undefined}>
      <Content of={person} shape="detail">
        {(shown) => (
          <>
            <PersonBar name={shown.name} words={tellApart(shown)} />
            <AnswerChoice label="怎么了" selected={what ? [what] : []} onChoose={(key) => setWhat(key === 'died' ? 'died' : 'movedOut')} answers={[{ key: 'movedOut', title: '迁出这个街道', detail: '搬到别的社区，请用「搬到别的社区」' }, { key: 'died', title: '去世', detail: '要两个人：您登记，另一位核实' }]} />
            {what === null ? null : <Heading level={2} className="section">哪一天</Heading>}
            {what === null ? null : <DayStrip days={days} selected={onDate} onChoose={setChosen} />}
            {what === null ? null : <Field label="怎么知道的（可以不写）" value={words} onChange={setWords} maxLength={80} placeholder="女儿来电话" hint="只有工作人员看得到" />}
            {what === 'movedOut' ? <Notice tone="gold" title="登记以后不能撤回">预约、餐、每周的安排都停，家人代办的授权也停。</Notice> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}
