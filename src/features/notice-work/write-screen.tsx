/** 写通知: what, for whom, how pressing, until when; hints for old readers, how many it reaches, and how it looks to them. Kept as a draft while it is typed. */
import Taro from '@tarojs/taro'
import { useRef, useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { clockTime, DAY, HOUR, MINUTE } from '@/domain/civil-time'
import { readingHints } from '@/domain/notice-text'
import { audienceWords, hintWords, levelChoices, levelWords, templates, type Audience } from '@/services/notice-words'
import { serverNow, useServerNow } from '@/services/server-clock'
import { beginsWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { AudiencePart } from './audience-part'
import { draftOf, fresh, lackOf, type Draft } from './draft'
import { FilesPart } from './files-part'
import { Preview } from './preview'
import { useDraft } from './use-draft'
import { WhenField } from './when-field'
import { CarriesRow } from './work-part'

type Desk = OutputOf<'notice.desk'>
const HINTS_SHOWN = 4
const QUARTER = 15 * MINUTE

export function WriteScreen({ noticeId }: { noticeId: string | null }) {
  const desk = useQuery('notice.desk', {})
  const work = useQuery('notice.work', noticeId === null ? null : { noticeId })
  // What the phone kept of a draft may be older than the draft: it is begun with once the server was asked.
  const hasBegun = useRef(false)
  if (desk.output && (noticeId === null || (work.output && (hasBegun.current || !work.isLoading)))) {
    hasBegun.current = true
    return <Writing key={noticeId ?? 'new'} desk={desk.output} id={noticeId} begun={work.output ? draftOf(work.output) : fresh(desk.output.communities.slice(0, 1).map((one) => one.communityId), serverNow())} returned={work.output?.returned ?? null} />
  }
  return <Screen title="写通知">{desk.output === undefined ? <Content of={desk} shape="detail">{() => null}</Content> : <Content of={work} shape="detail">{() => null}</Content>}</Screen>
}

/** An hour from now, on a quarter. */
const inAnHour = (now: number): number => Math.ceil((now + HOUR) / QUARTER) * QUARTER

function Writing({ desk, id, begun, returned }: { desk: Desk; id: string | null; begun: Draft; returned: OutputOf<'notice.work'>['returned'] }) {
  const now = useServerNow()
  const { draft, noticeId, edit, keep, isKeeping, keptAt, problem: notKept } = useDraft(begun, id)
  const [isPreview, setPreview] = useState(false)
  const [sent, setSent] = useState<{ readonly noticeId: string; readonly words: string } | null>(null)
  const submit = useAction('notice.submit')
  const people = useQuery('notice.count', draft.audience.communityIds.length === 0 ? null : { audience: draft.audience })
  const change = (part: Partial<Draft>) => { submit.clear(); edit((known) => ({ ...known, ...part })) }
  const toWhom = (part: Partial<Audience>) => { submit.clear(); edit((known) => ({ ...known, audience: { ...known.audience, ...part } })) }
  const press = (level: Draft['level']): Partial<Draft> => ({ level, deadlineAt: level === 'mustReach' ? (draft.deadlineAt ?? Math.min(inAnHour(now + DAY - HOUR), draft.validUntil)) : null, opensCase: level === 'mustReach' && draft.opensCase })

  const publish = async () => {
    const savedAs = await keep()
    if (savedAs === null) return
    const done = await submit.run({ noticeId: savedAs })
    if (done) setSent({ noticeId: savedAs, words: done.why === 'content' ? '有一句话、一张图或附件要人看一看，请另一位同事看过再发。' : done.why === 'secondPerson' ? '发给全街道的，要另一位同事点头才发。' : done.status === 'scheduled' ? `到了${beginsWords(draft.publishAt ?? now, now)}自己会发。` : '谁看过、谁知道了，在这条通知里看得到。' })
  }

  const names = desk.communities.filter((one) => draft.audience.communityIds.includes(one.communityId)).map((one) => one.name)
  const hints = readingHints(draft)
  const count = people.output
  const countWords = count ? `${count.isAtLeast ? '至少 ' : ''}${count.people} 人，其中 ${count.withoutAccount} 人没有微信` : '正在数有多少人'
  const lack = lackOf(draft, now)
  const sentence = `发给${audienceWords(draft.audience, names)}，${countWords}。${levelWords[draft.level]}，${draft.publishAt === null ? '' : `${beginsWords(draft.publishAt, now)}发，`}有效到${beginsWords(draft.validUntil, now)}。`
  const problem = submit.problem ?? notKept

  if (sent !== null) {
    return (
      <Screen title="写通知" foot={<Foot main={<Button onPress={() => { void Taro.redirectTo({ url: `/pages/notice-work/notice/index?noticeId=${sent.noticeId}` }) }}>看看这条通知</Button>} />}>
        <Notice isAnnounced title="交上去了">{sent.words}</Notice>
      </Screen>
    )
  }
  if (isPreview) {
    return (
      <Screen
        title="老人看到的样子" onBack={() => setPreview(false)}
        foot={<Foot say={sentence} problem={problem ? <Problem problem={problem} /> : null} other={<Button kind="outline" onPress={() => setPreview(false)}>再改改</Button>} main={<Button isBusy={submit.isPending || isKeeping} onPress={publish}>就这样发</Button>} />}
      >
        <Preview draft={draft} />
      </Screen>
    )
  }
  return (
    <Screen title="写通知" subtitle={keptAt === null ? '草稿自己会存' : `草稿 ${clockTime(keptAt)} 存好了`} foot={<Foot say={lack ?? sentence} problem={notKept ? <Problem problem={notKept} /> : null} main={<Button isDisabled={lack !== null} onPress={() => setPreview(true)}>看看老人看到的样子</Button>} />}>
      <Box className="stack-wide">
        {returned ? <Notice tone="gold" icon="circle-alert" title={`${returned.byName}退回来了`}>{returned.words}</Notice> : null}
        {draft.title === '' && draft.body === '' ? (
          <Box className="stack"><Heading level={2} className="section">从常用的开始</Heading><Box className="trio">{templates.map((one) => <Button key={one.key} kind="outline" label={`从「${one.title}」开始`} onPress={() => change({ ...one.text, ...press(one.level) })}>{one.title}</Button>)}</Box></Box>
        ) : null}
        <Field label="标题" value={draft.title} onChange={(title) => change({ title })} maxLength={30} placeholder="周三停水，请先储水" />
        <Field label="要说的话" kind="many-words" value={draft.body} onChange={(body) => change({ body })} maxLength={2000} hint="写清哪一天、几点、在哪里、找谁" />
        <Field label="要做的一件事（可以不写）" value={draft.whatToDo ?? ''} onChange={(words) => change({ whatToDo: words.trim() === '' ? null : words })} maxLength={60} placeholder="今晚接好水" />
        {draft.body !== '' && hints.length > 0 ? <Notice tone="gold" icon="circle-alert" title="老人可能看不明白">{hints.slice(0, HINTS_SHOWN).map((hint, index) => <Box key={index}>{hintWords(hint)}。</Box>)}</Notice> : null}
        <FilesPart files={draft} onChange={(add) => edit((known) => ({ ...known, ...add(known) }))} />
        <Box className="stack">
          <Heading level={2} className="section">有多要紧</Heading>
          <AnswerChoice label="有多要紧" selected={[draft.level]} answers={levelChoices} onChoose={(key) => change(press(key as Draft['level']))} />
        </Box>
        {draft.level === 'mustReach' && draft.deadlineAt !== null ? (
          <>
            <WhenField label="哪天以前人人要知道" hour="几点以前" value={draft.deadlineAt} now={now} onChange={(deadlineAt) => change({ deadlineAt })} />
            <AnswerChoice isMany label="没人应门" selected={draft.opensCase ? ['case'] : []} onChoose={() => change({ opensCase: !draft.opensCase })} answers={[{ key: 'case', title: '上门没人应，就当安全事件', detail: '马上找家人、找值班的人' }]} />
          </>
        ) : null}
        <AudiencePart desk={desk} audience={draft.audience} onChange={toWhom} now={now} />
        {people.problem ? <Problem problem={people.problem} /> : draft.audience.communityIds.length === 0 ? null : <Box className="strong" spoken={{ role: 'status', live: 'polite' }}>{countWords}</Box>}
        <CarriesRow noticeId={noticeId} keep={keep} isReady={draft.title.trim() !== '' && draft.body.trim() !== ''} />
        <WhenField label="有效到哪天" hour="有效到几点" value={draft.validUntil} now={now} onChange={(validUntil) => change({ validUntil })} />
        <Box className="stack">
          <Heading level={2} className="section">什么时候发</Heading>
          <AnswerChoice label="什么时候发" selected={[draft.publishAt === null ? 'now' : 'later']} onChoose={(key) => change({ publishAt: key === 'now' ? null : inAnHour(now) })} answers={[{ key: 'now', title: '现在就发' }, { key: 'later', title: '到时间再发' }]} />
          {draft.publishAt === null ? null : <WhenField label="哪天发" hour="几点发" value={draft.publishAt} now={now} onChange={(publishAt) => change({ publishAt })} />}
        </Box>
      </Box>
    </Screen>
  )
}
