/** 每天报平安: one tap a day by an agreed time; no tap, and somebody asks. Only for those who want it, and they say by when. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { civilDate, minuteWords } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { beginsWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import styles from './safety.module.scss'

type Well = OutputOf<'well.show'>
/** By when, in civil minutes. */
const TIMES = [8, 9, 10, 12, 18, 20].map((hour) => hour * 60)
const isToday = (at: number | null, now: number): boolean => at !== null && civilDate(at) === civilDate(now)

/** `elderId` '' is whoever uses the phone; `isStaff`: a social worker who was told on the telephone. */
export function WellScreen({ elderId: given, isStaff }: { elderId: string; isStaff: boolean }) {
  const me = useMyId()
  const elderId = given || me
  const now = useServerNow()
  const well = useQuery('well.show', elderId === undefined ? null : { elderId })
  const check = useAction('well.check')
  const [isSetting, setSetting] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = well
  const isMe = output !== undefined && output.elder.personId === me && !isStaff
  const isIn = output !== undefined && output.byMinute !== null
  const isDone = isToday(output?.lastWellAt ?? null, now)
  const whom = output === undefined ? '' : isMe ? '您' : output.elder.name

  if (output && isSetting) return <TimeStep well={output} isMe={isMe} onBack={() => setSetting(false)} onDone={(words) => { setSetting(false); setAnswered(words); well.reload() }} />
  const say = async () => {
    if (elderId === undefined) return
    const checked = await check.run({ elderId })
    if (!checked) return
    setAnswered(checked.nextAt === null ? `记下了，${isMe ? '您很好' : `${whom}平安`}` : `记下了。下一次，${beginsWords(checked.nextAt, now)} 前`)
    well.reload()
  }
  return (
    <Screen
      title="每天报平安" subtitle={isMe ? undefined : output?.elder.name}
      foot={output === undefined ? undefined
        : isIn
          ? (
            <Foot
              say={isMe ? '点一下，家人和社区就放心了。' : `和${whom}说上话了，人很好，就点一下。`}
              problem={check.problem ? <Problem problem={check.problem} /> : null}
              main={<Box className={isDone ? undefined : styles.huge}><Button kind={isDone ? 'outline' : 'primary'} icon="smile" isBusy={check.isPending} onPress={say}>{isMe ? (isDone ? '再报一次' : '我很好') : `${whom}很好`}</Button></Box>}
            />
          )
          : isMe || isStaff ? <Foot say={`到时间${isMe ? '您' : whom}没有报平安，社区先打电话，再去看看。`} main={<Button onPress={() => { setAnswered(null); setSetting(true) }}>每天报平安</Button>} /> : undefined}
    >
      {answered ? <Notice isAnnounced icon="smile" title={answered} /> : null}
      <Content of={well} shape="detail">
        {(shown) => (
          <>
            {isMe ? null : <PersonBar name={shown.elder.name} words={shown.elder.communityName} />}
            {shown.safetyCaseId === null ? null : (
              <CardLink tone="sos" onPress={() => { void Taro.navigateTo({ url: `/pages/safety/case/index?safetyCaseId=${shown.safetyCaseId ?? ''}` }) }}>
                <Tag tone="sos">正在找{isMe ? '您' : shown.elder.name}</Tag>
                <Box className="lead">看看谁在找 ›</Box>
              </CardLink>
            )}
            <Card tone={isIn && isDone ? 'willow' : 'plain'}>
              {shown.byMinute === null
                ? (
                  <Box className="stack-tight">
                    <Box className="lead">还没有开始</Box>
                    <Box className="body">一个人住，早上点一下「我很好」。到了说好的时间没有点，社区就来问一问，家人也会知道。</Box>
                    <Box className="body">随时可以不要。</Box>
                  </Box>
                )
                : (
                  <Box className="stack-tight">
                    <Box className="hello">{isDone ? '今天报过了' : `每天 ${minuteWords(shown.byMinute)} 前`}</Box>
                    {shown.lastWellAt === null ? <Box className="body">还没有报过。</Box> : <Box className="body">上一次：{momentWords(shown.lastWellAt, now)}</Box>}
                    {shown.nextAt === null ? null : <Box className="body">下一次：{beginsWords(shown.nextAt, now)} 前</Box>}
                  </Box>
                )}
            </Card>
            {isIn && (isMe || isStaff) ? <Button kind="outline" icon="clock" onPress={() => { setAnswered(null); setSetting(true) }}>改时间、不报了</Button> : null}
            {!isIn && !isMe && !isStaff ? <Box className="body">要{whom}自己愿意，在{whom}的手机上打开，或者告诉社工。</Box> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** By when, and the way out. */
function TimeStep({ well, isMe, onBack, onDone }: { well: Well; isMe: boolean; onBack: () => void; onDone: (words: string) => void }) {
  const set = useAction('well.setDaily')
  const [minute, setMinute] = useState<number | null>(well.byMinute)
  const [isLeaving, setLeaving] = useState(false)
  const whom = isMe ? '您' : well.elder.name
  const sentence = minute === null ? '几点前报平安？' : `${whom}每天 ${minuteWords(minute)} 前报平安。到时间没有消息，社区先打电话，再去看看。`
  const read = useReadAloud(sentence)
  const times = well.byMinute !== null && !TIMES.includes(well.byMinute) ? [...TIMES, well.byMinute].sort((a, b) => a - b) : TIMES
  return (
    <Step
      title="几点前报平安" subtitle={isMe ? undefined : well.elder.name} onBack={onBack}
      foot={isLeaving ? undefined : (
        <Foot
          say={sentence}
          problem={set.problem ? <Problem problem={set.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={<Button isDisabled={minute === null} isBusy={set.isPending} onPress={async () => { if (minute !== null && (await set.run({ elderId: well.elder.personId, byMinute: minute }))) onDone(`说好了，每天 ${minuteWords(minute)} 前`) }}>就这样定</Button>}
        />
      )}
    >
      <Box className="body">每天到这个时间前，{isMe ? '点一下「我很好」' : `${whom}点一下「我很好」，或者打电话来说`}。</Box>
      <AnswerChoice label="几点前" selected={minute === null ? [] : [String(minute)]} onChoose={(key) => setMinute(Number(key))} answers={times.map((one) => ({ key: String(one), title: `${minuteWords(one)} 前` }))} />
      {well.byMinute === null ? null : <Heading level={2} className="section">不想报了</Heading>}
      {well.byMinute === null ? null : isLeaving
        ? (
          <ConfirmSheet question={`${whom}不再每天报平安？社区也不再等消息。`} yes="不报了" no="还是报" isBusy={set.isPending} onNo={() => setLeaving(false)} onYes={async () => { if (await set.run({ elderId: well.elder.personId, byMinute: null })) onDone('好的，不再每天报平安') }}>
            {set.problem ? <Problem problem={set.problem} /> : null}
          </ConfirmSheet>
        )
        : <Button kind="quiet" onPress={() => setLeaving(true)}>不再每天报平安</Button>}
    </Step>
  )
}
