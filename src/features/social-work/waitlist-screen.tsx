/** 候补 for staff: slot by slot who waits, in which order and why, who is on offer and until when. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { Pieces } from '@/components/pieces'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { beginsWords, momentWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { reasonWords } from '@/services/waitlist-words'
import { OfferAnswer } from './offer-answer'

type Awaited = OutputOf<'waitlist.board'>['items'][number]
type Waiting = Awaited['waiting'][number]

const LOOK_AGAIN_MS = 10_000

export function WaitlistBoardScreen() {
  const pages = usePages('waitlist.board', {}, { pollMs: LOOK_AGAIN_MS })
  const [answered, setAnswered] = useState<string | null>(null)
  const say = (words: string) => { setAnswered(words); pages.first.reload() }
  return (
    <Screen title="候补">
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={pages.first} shape="tiles">
        {() => (pages.items.length === 0
          ? <Empty icon="clock" title="没有人在排" next="约满的时间有人排了，会在这里，按次序。" />
          : (
            <Box className="stack">
              <Box className="small">先照顾有医疗需要、家庭困难、独居的，一样的按先来后到。名额空出来，自动留给下一位。</Box>
              {pages.items.map((slot) => <SlotCard key={slot.slotId} slot={slot} onDone={say} />)}
              <Pager {...pages} />
            </Box>
          ))}
      </Content>
    </Screen>
  )
}

const nameOf = (person: { name: string; communityName: string }): string => person.name || `${person.communityName}的居民`

function SlotCard({ slot, onDone }: { slot: Awaited; onDone: (words: string) => void }) {
  const now = useServerNow()
  const when = whenWords(slot.startsAt, slot.endsAt, now)
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <Card label={`${slot.serviceName} ${when}`}>
      <Box className="stack">
        <Heading level={2} className="lead">{slot.serviceName}</Heading>
        <Box className="body"><Pieces words={when} /></Box>
        <Box className="small tabular">{slot.capacity} 位，约了 {slot.booked} 位{slot.onOffer.length > 0 ? `，留着 ${slot.onOffer.length} 位` : ''}{slot.kept > 0 && slot.keptUntil !== null ? `；电话和柜台还有 ${slot.kept} 位，留到${beginsWords(slot.keptUntil, now)}` : ''}</Box>
        {slot.onOffer.map((person) => (
          <Box key={person.placeId} className="stack-tight">
            <Box className="between"><Box className="strong">{nameOf(person)}</Box><Tag tone="gold">留到{beginsWords(person.until, now)}</Tag></Box>
            {person.reasons.length > 0 ? <Box className="small">{reasonWords(person.reasons)}</Box> : null}
            {person.personId === null ? null : <OfferAnswer name={person.name} elderId={person.personId} offer={{ slotId: slot.slotId, placeId: person.placeId, until: person.until }} onDone={onDone} />}
          </Box>
        ))}
        {slot.waiting.length > 0 ? <Heading level={3} className="strong">排着的 {slot.waiting.length} 位</Heading> : null}
        {slot.waiting.map((person) => (
          <Box key={person.position} className="stack-tight">
            <Box className="body">第 {person.position} 位　{nameOf(person)}{person.personId === null ? '' : ` · ${person.communityName}`}</Box>
            <Box className="small">{person.reasons.length > 0 ? `${reasonWords(person.reasons)} · ` : ''}{momentWords(person.joinedAt, now)} 开始排</Box>
            {person.personId === null ? null
              : asked === person.personId ? <StateNeed person={person} slotId={slot.slotId} onNo={() => setAsked(null)} onDone={(words) => { setAsked(null); onDone(words) }} />
                : <Button kind="outline" label={`${person.reasons.includes('medical') ? '去掉医疗需要' : '记医疗需要'}，${person.name}`} onPress={() => setAsked(person.personId)}>{person.reasons.includes('medical') ? '去掉医疗需要' : '记医疗需要'}</Button>}
          </Box>
        ))}
      </Box>
    </Card>
  )
}

/** The need itself is written nowhere; that there is one, the elder has agreed to. */
function StateNeed({ person, slotId, onNo, onDone }: { person: Waiting; slotId: string; onNo: () => void; onDone: (words: string) => void }) {
  const state = useAction('waitlist.state')
  const isMedical = !person.reasons.includes('medical')
  const record = async () => {
    const done = await state.run({ elderId: person.personId ?? '', slotId, isMedical, elderAgreed: true })
    if (done) onDone(done.position === null ? `记下了，名额已经留给${person.name}` : `记下了，${person.name}现在是第 ${done.position} 位`)
  }
  return (
    <ConfirmSheet question={isMedical ? `${person.name}有医疗需要，本人同意这样记，排到前面？` : `${person.name}的医疗需要去掉？`} yes={isMedical ? '本人同意，记下' : '去掉'} isBusy={state.isPending} onYes={record} onNo={onNo}>
      <Box className="small">只记「有医疗需要」，不写什么病。本人在记录里看得到。</Box>
      {state.problem ? <Problem problem={state.problem} /> : null}
    </ConfirmSheet>
  )
}
