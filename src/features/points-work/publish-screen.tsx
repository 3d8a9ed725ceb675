/** 发布志愿任务: what, when, where, how many, for whom; as one sentence before it is published. */
import { useState } from 'react'
import type { InputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, goBack, Screen } from '@/components/screen'
import { addDays, civilDate, isCivilDate, minuteWords, spokenDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { tellApart } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { skillChoices, skillWords, type Skill } from '@/services/volunteer-words'
import type { Chosen, FindPerson } from './find-person'
import { open } from './open'

type Task = InputOf<'task.publish'>

const AHEAD_AT_MOST = 180
const MOST_SEATS = 200
const MOST_WALK = 180
/** Who runs it, and whom it is for, are looked for one at a time. */
type Looking = 'elder' | 'organiser' | null

interface Draft {
  title: string
  what: string
  place: string
  communityId: string
  onDate: string
  startMinute: number
  endMinute: number
  skills: readonly Skill[]
  seats: string
  elder: Chosen | null
  organiser: Chosen | null
  /** minutes on foot as typed, by community */
  walking: Readonly<Record<string, string>>
}

const noDraft: Draft = { title: '', what: '', place: '', communityId: '', onDate: '', startMinute: 9 * 60, endMinute: 11 * 60, skills: [], seats: '2', elder: null, organiser: null, walking: {} }

/** The task that was typed, or what is still missing, as the next thing to do. */
function read(draft: Draft, today: string): { task: Task } | { lack: string } {
  const [title, what, place] = [draft.title.trim(), draft.what.trim(), draft.place.trim()]
  if (title === '') return { lack: '写上任务叫什么。' }
  if (what === '') return { lack: '写清楚要做什么。' }
  if (draft.communityId === '') return { lack: '选在哪个社区。' }
  if (place === '') return { lack: '写上在哪里集合。' }
  if (!isCivilDate(draft.onDate) || draft.onDate < today) return { lack: '选哪一天。' }
  if (draft.endMinute <= draft.startMinute) return { lack: '结束要比开始晚。' }
  const seats = /^\d{1,3}$/.test(draft.seats) ? Number(draft.seats) : 0
  if (seats < 1 || seats > MOST_SEATS) return { lack: `要几个人，写 1 到 ${MOST_SEATS}。` }
  const walking: NonNullable<Task['walking']> = []
  for (const [communityId, typed] of Object.entries(draft.walking)) {
    if (typed === '') continue
    if (Number(typed) > MOST_WALK) return { lack: '走路的分钟数写得太大了。' }
    walking.push({ communityId, minutes: Number(typed) })
  }
  return {
    task: {
      title, what, place, communityId: draft.communityId, onDate: draft.onDate, startMinute: draft.startMinute, endMinute: draft.endMinute, skills: [...draft.skills], seats,
      ...(draft.elder ? { elderId: draft.elder.personId } : {}), ...(draft.organiser ? { organiserId: draft.organiser.personId } : {}), ...(walking.length > 0 ? { walking } : {}),
    },
  }
}

export function PublishScreen({ findPerson }: { findPerson: FindPerson }) {
  const board = useQuery('task.board', { which: 'coming' })
  const publish = useAction('task.publish')
  const [draft, setDraft] = useState<Draft>(noDraft)
  const [looking, setLooking] = useState<Looking>(null)
  const [publishedId, setPublishedId] = useState<string | null>(null)
  const today = civilDate(serverNow())
  const communities = board.output?.communities ?? []
  const [only] = communities
  const shown: Draft = draft.communityId === '' && only !== undefined && communities.length === 1 ? { ...draft, communityId: only.communityId } : draft
  const typed = read(shown, today)
  const placeName = communities.find((one) => one.communityId === shown.communityId)?.name ?? ''
  const sentence = 'lack' in typed
    ? typed.lack
    : `${spokenDate(typed.task.onDate)} ${minuteWords(typed.task.startMinute)}–${minuteWords(typed.task.endMinute)}，${placeName}${typed.task.place}，${typed.task.title}，要 ${typed.task.seats} 人${shown.elder ? `，为${shown.elder.name}` : ''}${typed.task.skills.length > 0 ? `，要会${typed.task.skills.map(skillWords).join('、')}` : ''}。`
  const aloud = useReadAloud(sentence)
  const edit = (part: Partial<Draft>) => { publish.clear(); setDraft({ ...shown, ...part }) }

  if (publishedId !== null) {
    return (
      <Screen title="发布志愿任务" foot={<Foot main={<Button onPress={goBack}>返回任务</Button>} />}>
        <Notice isAnnounced title="发布好了">{placeName}的志愿者现在就能报名。签到码在{shown.organiser?.name ?? '您'}{shown.elder ? `或${shown.elder.name}` : ''}的手机上。</Notice>
        <Button kind="outline" onPress={() => open('task', `taskId=${publishedId}`)}>看看这个任务</Button>
      </Screen>
    )
  }
  return (
    <Screen
      title="发布志愿任务"
      foot={(
        <Foot
          say={sentence} problem={publish.problem ? <Problem problem={publish.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={<Button isDisabled={'lack' in typed} isBusy={publish.isPending} onPress={async () => { if ('lack' in typed) return; const done = await publish.run(typed.task); if (done) setPublishedId(done.taskId) }}>就这样发布</Button>}
        />
      )}
    >
      <Content of={board} shape="detail">
        {() => (
          <Box className="stack-wide">
            <Field label="叫什么" value={shown.title} onChange={(title) => edit({ title })} maxLength={24} placeholder="陪老人去医院" />
            <Field label="要做什么" kind="many-words" value={shown.what} onChange={(what) => edit({ what })} maxLength={200} hint="报名的人都看得到，不要写老人的名字和门牌" />
            {communities.length > 1 ? <SelectField label="在哪个社区" value={shown.communityId} onChange={(communityId) => edit({ communityId })} options={communities.map((one) => ({ key: one.communityId, words: one.name }))} /> : null}
            <Field label="在哪里集合" value={shown.place} onChange={(place) => edit({ place })} maxLength={60} placeholder="社区大厅门口" />
            <DateField label="哪一天" value={shown.onDate} onChange={(onDate) => edit({ onDate })} from={today} until={addDays(today, AHEAD_AT_MOST)} />
            <Box className="pair">
              <MinuteField label="几点开始" value={shown.startMinute} onChange={(startMinute) => edit({ startMinute })} from={6 * 60} until={21 * 60} />
              <MinuteField label="几点结束" value={shown.endMinute} onChange={(endMinute) => edit({ endMinute })} from={6 * 60 + 15} until={22 * 60} />
            </Box>
            <Field label="要几个人" kind="digits" value={shown.seats} onChange={(seats) => edit({ seats: seats.replace(/\D/g, '') })} maxLength={3} />
            <Box className="stack">
              <Heading level={2} className="section">要会什么（可以不选）</Heading>
              <AnswerChoice isMany label="要会什么" selected={shown.skills} onChoose={(key) => edit({ skills: skillChoices.flatMap(({ key: one }) => ((one === key) !== shown.skills.includes(one) ? [one] : [])) })} answers={skillChoices} />
            </Box>
            <Box className="stack">
              <Heading level={2} className="section">为哪位老人</Heading>
              {shown.elder
                ? <PersonBar name={shown.elder.name} words={tellApart(shown.elder)} changeWords="去掉" onChange={() => edit({ elder: null })} />
                : looking === 'elder'
                  ? findPerson({ label: '老人的姓名', onChoose: (elder) => { setLooking(null); edit({ elder }) } })
                  : <Button kind="outline" onPress={() => setLooking('elder')}>选一位老人</Button>}
              <Box className="small">不是为一位老人做的，就不用选。老人的名字只有报了名的人看得到。</Box>
            </Box>
            <Box className="stack">
              <Heading level={2} className="section">谁来负责</Heading>
              {shown.organiser
                ? <PersonBar name={shown.organiser.name} words={tellApart(shown.organiser)} changeWords="换成您" onChange={() => edit({ organiser: null })} />
                : looking === 'organiser'
                  ? findPerson({ label: '负责人的姓名', onChoose: (organiser) => { setLooking(null); edit({ organiser }) } })
                  : <Button kind="outline" onPress={() => setLooking('organiser')}>换一位负责人</Button>}
              <Box className="small">{shown.organiser ? '' : '现在是您。'}负责人的手机上有签到码，做完以后由负责人确认。您自己确认的，要请另一位同事核实。</Box>
            </Box>
            <Box className="stack">
              <Heading level={2} className="section">走过去几分钟（可以不写）</Heading>
              {communities.map((one) => <Field key={one.communityId} label={`从${one.name}`} kind="digits" value={shown.walking[one.communityId] ?? ''} onChange={(minutes) => edit({ walking: { ...shown.walking, [one.communityId]: minutes.replace(/\D/g, '') } })} maxLength={3} />)}
            </Box>
          </Box>
        )}
      </Content>
    </Screen>
  )
}
