/** 写通知: what, for whom, how pressing, until when; hints for old readers, how many it reaches, and how it looks to them. Kept as a draft while it is typed. */
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { DateField, Field } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { addDays, civilDate, instantOf, minuteOfDay } from '@/domain/civil-time'
import { readAloud, readingHints } from '@/domain/notice-text'
import { audienceWords, hintWords, levelChoices, levelWords, templates, untilWords } from '@/services/notice-words'
import { serverNow, useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { CarriesRow } from './work-part'

type Wish = Omit<InputOf<'notice.save'>, 'noticeId'>
type Desk = OutputOf<'notice.desk'>

/** A draft is kept this long after the last letter, ms. */
const KEPT_AFTER_MS = 1500
const DAYS_AHEAD = 60
const OLD_FROM = 80

const fresh = (communityIds: readonly string[]): Wish => {
  const today = civilDate(serverNow())
  return {
    level: 'important', title: '', body: '', whatToDo: null, pictures: [], attachments: [], publishAt: null, validUntil: instantOf(addDays(today, 3), 18 * 60), deadlineAt: null, opensCase: false,
    audience: { communityIds: [...communityIds], isWhole: false, buildings: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null },
  }
}

const wishOf = (work: OutputOf<'notice.work'>): Wish => {
  const { communityNames: _names, ...audience } = work.audience
  return {
    level: work.level, title: work.title, body: work.body, whatToDo: work.whatToDo, pictures: work.pictures.map(({ fileId, words }) => ({ fileId, words })), attachments: work.attachments.map(({ fileId, name }) => ({ fileId, name })),
    publishAt: work.publishAt, validUntil: work.validUntil, deadlineAt: work.deadlineAt, opensCase: work.opensCase, audience,
  }
}

export function WriteScreen({ noticeId }: { noticeId: string | null }) {
  const desk = useQuery('notice.desk', {})
  const work = useQuery('notice.work', noticeId === null ? null : { noticeId })
  const communities = desk.output?.communities ?? []
  if (desk.output && (noticeId === null || work.output)) {
    return <Writing key={noticeId ?? 'new'} desk={desk.output} id={noticeId} begun={work.output ? wishOf(work.output) : fresh(communities.slice(0, 1).map((one) => one.communityId))} returned={work.output?.returned ?? null} />
  }
  return <Screen title="写通知">{noticeId === null || desk.output === undefined ? <Content of={desk} shape="detail">{() => null}</Content> : <Content of={work} shape="detail">{() => null}</Content>}</Screen>
}

function Writing({ desk, id, begun, returned }: { desk: Desk; id: string | null; begun: Wish; returned: OutputOf<'notice.work'>['returned'] }) {
  const now = useServerNow()
  const [wish, setWish] = useState<Wish>(begun)
  const [noticeId, setNoticeId] = useState(id)
  const [isPreview, setPreview] = useState(false)
  const [sent, setSent] = useState<string | null>(null)
  const [save, submit] = [useAction('notice.save'), useAction('notice.submit')]
  const people = useQuery('notice.count', { audience: wish.audience })
  const kept = useRef(JSON.stringify(begun))
  const edit = (part: Partial<Wish>) => { submit.clear(); setWish({ ...wish, ...part }) }
  const toWhom = (part: Partial<Wish['audience']>) => edit({ audience: { ...wish.audience, ...part } })

  const keep = async (): Promise<string | null> => {
    const body = JSON.stringify(wish)
    if (body === kept.current && noticeId !== null) return noticeId
    const done = await save.run({ ...(noticeId === null ? {} : { noticeId }), ...wish })
    if (done === undefined) return null
    kept.current = body
    setNoticeId(done.noticeId)
    return done.noticeId
  }
  useEffect(() => {
    if (JSON.stringify(wish) === kept.current || sent !== null) return
    const timer = setTimeout(() => { void keep() }, KEPT_AFTER_MS)
    return () => clearTimeout(timer)
  })
  const publish = async () => {
    const savedAs = await keep()
    if (savedAs === null) return
    const done = await submit.run({ noticeId: savedAs })
    if (done) setSent(done.why === 'content' ? '有一句话或一张图要人看一看，请另一位同事看过再发。' : done.why === 'secondPerson' ? '发给全街道的，要另一位同事点头才发。' : done.status === 'scheduled' ? `到了 ${untilWords(wish.publishAt ?? now, now)} 自己会发。` : '发出去了，谁看过、谁知道，在这条通知里看得到。')
  }

  const names = desk.communities.filter((one) => wish.audience.communityIds.includes(one.communityId)).map((one) => one.name)
  const hints = readingHints(wish)
  const count = people.output
  const countWords = count ? `${count.isAtLeast ? '至少 ' : ''}${count.people} 人，其中 ${count.withoutAccount} 人没有微信` : '正在数有多少人'
  const lack = wish.title.trim() === '' ? '写上标题。' : wish.body.trim() === '' ? '写上要说的话。' : wish.audience.communityIds.length === 0 ? '选发给哪些社区。' : wish.level === 'mustReach' && wish.deadlineAt === null ? '选什么时候以前人人要知道。' : null
  const sentence = lack ?? `发给${audienceWords(wish.audience, names)}，${countWords}。${levelWords[wish.level]}，有效到${untilWords(wish.validUntil, now)}。`
  const aloud = useReadAloud(isPreview ? readAloud(wish).join('') : sentence)

  const problem = submit.problem ?? save.problem
  if (sent !== null) {
    return (
      <Screen title="写通知" foot={<Foot main={<Button onPress={() => { void Taro.redirectTo({ url: `/pages/notice-work/work/index?noticeId=${noticeId ?? ''}` }) }}>看看这条通知</Button>} />}>
        <Notice isAnnounced title="交上去了">{sent}</Notice>
      </Screen>
    )
  }
  if (isPreview) {
    return (
      <Screen
        title="老人看到的样子" onBack={() => setPreview(false)}
        foot={<Foot say={sentence} problem={problem ? <Problem problem={problem} /> : null} other={<ReadAloud {...aloud} words="读给我听" />} main={<Button isBusy={submit.isPending || save.isPending} onPress={publish}>就这样发</Button>} />}
      >
        <Box className="text-30 stack">
          <Heading level={2} className="hello">{wish.title}</Heading>
          {wish.body.split('\n').map((line, index) => <Box key={`${index} ${line}`} className="lead">{line}</Box>)}
          {wish.whatToDo ? <Box className="strong">要做的事：{wish.whatToDo}</Box> : null}
        </Box>
        <Button kind="outline" onPress={() => setPreview(false)}>再改改</Button>
      </Screen>
    )
  }
  return (
    <Screen title="写通知" subtitle="草稿自己会存" foot={<Foot say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} main={<Button isDisabled={lack !== null} onPress={() => setPreview(true)}>看看老人看到的样子</Button>} />}>
    <Box className="stack-wide">
      {returned ? <Notice tone="gold" icon="circle-alert" title={`${returned.byName}退回来了`}>{returned.words}</Notice> : null}
      {wish.title === '' && wish.body === '' ? (
        <Box className="stack"><Heading level={2} className="section">从常用的开始</Heading><Box className="row">{templates.map((one) => <Button key={one.key} kind="outline" onPress={() => edit({ ...one.text })}>{one.title}</Button>)}</Box></Box>
      ) : null}
      <Field label="标题" value={wish.title} onChange={(title) => edit({ title })} maxLength={30} placeholder="周三停水，请先储水" />
      <Field label="要说的话" kind="many-words" value={wish.body} onChange={(body) => edit({ body })} maxLength={2000} hint="写清哪一天、几点、在哪里、找谁" />
      <Field label="要做的一件事（可以不写）" value={wish.whatToDo ?? ''} onChange={(words) => edit({ whatToDo: words === '' ? null : words })} maxLength={60} placeholder="今晚接好水" />
      {wish.body !== '' && hints.length > 0 ? <Notice tone="gold" icon="circle-alert" title="老人可能看不明白">{hints.slice(0, 4).map((hint) => hintWords(hint)).join('。')}。</Notice> : null}
      <Box className="stack">
        <Heading level={2} className="section">有多要紧</Heading>
        <AnswerChoice label="有多要紧" selected={[wish.level]} answers={levelChoices} onChoose={(key) => edit({ level: key as Wish['level'], deadlineAt: key === 'mustReach' ? (wish.deadlineAt ?? Math.min(now + 86_400_000, wish.validUntil)) : null, opensCase: key === 'mustReach' && wish.opensCase })} />
      </Box>
      {wish.level === 'mustReach' && wish.deadlineAt !== null ? (
        <>
          <When label="什么时候以前人人要知道" value={wish.deadlineAt} onChange={(deadlineAt) => edit({ deadlineAt })} />
          <AnswerChoice isMany label="没人应门" selected={wish.opensCase ? ['case'] : []} onChoose={() => edit({ opensCase: !wish.opensCase })} answers={[{ key: 'case', title: '上门没人应，就当安全事件', detail: '马上找家人、找值班的人' }]} />
        </>
      ) : null}
      <Box className="stack">
        <Heading level={2} className="section">发给谁</Heading>
        {desk.mayWhole ? <AnswerChoice isMany label="全街道" selected={wish.audience.isWhole ? ['whole'] : []} onChoose={() => toWhom(wish.audience.isWhole ? { isWhole: false, communityIds: desk.communities.slice(0, 1).map((one) => one.communityId) } : { isWhole: true, communityIds: desk.communities.map((one) => one.communityId), buildings: [] })} answers={[{ key: 'whole', title: '全街道', detail: '要另一位同事点头' }]} /> : null}
        {wish.audience.isWhole ? null : (
          <AnswerChoice
            isMany label="哪些社区" selected={wish.audience.communityIds} answers={desk.communities.map((one) => ({ key: one.communityId, title: one.name }))}
            onChoose={(key) => toWhom({ communityIds: wish.audience.communityIds.includes(key) ? wish.audience.communityIds.filter((one) => one !== key) : [...wish.audience.communityIds, key], buildings: [] })}
          />
        )}
        {wish.audience.communityIds.length === 1 ? <Field label="只发给这几幢（可以不写）" value={wish.audience.buildings.join('、')} onChange={(typed) => toWhom({ buildings: [...new Set(typed.match(/\d{1,4}/g) ?? [])] })} maxLength={60} placeholder="8、9、10" hint="写幢号，用顿号隔开" /> : null}
        <AnswerChoice
          isMany label="只发给哪些人" selected={[...(wish.audience.ageFrom === null ? [] : ['old']), ...(wish.audience.livesAlone ? ['alone'] : []), ...(wish.audience.roles.includes('volunteer') ? ['volunteer'] : [])]}
          onChoose={(key) => toWhom(key === 'old' ? { ageFrom: wish.audience.ageFrom === null ? OLD_FROM : null } : key === 'alone' ? { livesAlone: !wish.audience.livesAlone } : { roles: wish.audience.roles.length === 0 ? ['volunteer'] : [] })}
          answers={[{ key: 'old', title: `${OLD_FROM} 岁以上` }, { key: 'alone', title: '独居的' }, { key: 'volunteer', title: '志愿者' }]}
        />
        {people.problem ? <Problem problem={people.problem} /> : <Box className="strong" spoken={{ role: 'status', live: 'polite' }}>{countWords}</Box>}
      </Box>
      <CarriesRow noticeId={noticeId} keep={keep} isReady={wish.title.trim() !== '' && wish.body.trim() !== ''} />
      <When label="有效到" value={wish.validUntil} onChange={(validUntil) => edit({ validUntil })} />
      <Box className="stack">
        <Heading level={2} className="section">什么时候发</Heading>
        <AnswerChoice label="什么时候发" selected={[wish.publishAt === null ? 'now' : 'later']} onChoose={(key) => edit({ publishAt: key === 'now' ? null : now + 3_600_000 })} answers={[{ key: 'now', title: '现在就发' }, { key: 'later', title: '到时间再发' }]} />
        {wish.publishAt === null ? null : <When label="几点发" value={wish.publishAt} onChange={(publishAt) => edit({ publishAt })} />}
      </Box>
    </Box>
    </Screen>
  )
}

/** A day and a time of day, as one instant. */
function When({ label, value, onChange }: { label: string; value: number; onChange: (at: number) => void }) {
  const today = civilDate(serverNow())
  return (
    <Box className="stack">
      <DateField label={label} value={civilDate(value)} onChange={(onDate) => { if (onDate !== '') onChange(instantOf(onDate, minuteOfDay(value))) }} from={today} until={addDays(today, DAYS_AHEAD)} />
      <MinuteField label={`${label}，几点`} value={minuteOfDay(value)} onChange={(minute) => onChange(instantOf(civilDate(value), minute))} />
    </Box>
  )
}

