/** 发给谁: places first, then, for who wants it narrower, which people there; and how many that is, before anything is sent. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { DateField, Field, SelectField } from '@/components/field'
import { addDays, civilDate } from '@/domain/civil-time'
import { roleWords, type Audience } from '@/services/notice-words'

type Desk = OutputOf<'notice.desk'>

const ANY = 'any'
const ages = [60, 65, 70, 75, 80, 85, 90]
const DAYS_AHEAD = 30

const agesFrom = [{ key: ANY, words: '不限' }, ...ages.map((age) => ({ key: String(age), words: `${age} 岁` }))]
const roleOptions = [{ key: ANY, words: '不限' }, ...Object.entries(roleWords).map(([key, words]) => ({ key, words }))]
const ageOf = (key: string): number | null => (key === ANY ? null : Number(key))
const isNarrow = (audience: Audience): boolean => audience.buildings.length > 0 || (audience.grids ?? []).length > 0 || audience.roles.length > 0 || audience.ageFrom !== null || audience.ageTo !== null || audience.livesAlone || audience.bookingOn !== null

export function AudiencePart({ desk, audience, onChange, now }: { desk: Pick<Desk, 'communities' | 'mayWhole'>; audience: Audience; onChange: (part: Partial<Audience>) => void; now: number }) {
  const [isOpen, setOpen] = useState(isNarrow(audience))
  // What is typed stays as it is typed: a comma at its end is no building yet.
  const [typed, setTyped] = useState(audience.buildings.join('、'))
  const { communities } = desk
  const whole = () => onChange(audience.isWhole ? { isWhole: false, communityIds: communities.slice(0, 1).map((one) => one.communityId) } : { isWhole: true, communityIds: communities.map((one) => one.communityId), buildings: [], grids: [] })
  const turn = (key: string) => { setTyped(''); onChange({ communityIds: audience.communityIds.includes(key) ? audience.communityIds.filter((one) => one !== key) : [...audience.communityIds, key], buildings: [], grids: [] }) }
  const today = civilDate(now)
  // Grids and buildings tell something within one community only: over several their names repeat.
  const only = audience.communityIds.length === 1 ? communities.find((one) => one.communityId === audience.communityIds[0]) : undefined
  const grids = audience.grids ?? []
  return (
    <Box className="stack">
      <Heading level={2} className="section">发给谁</Heading>
      {desk.mayWhole ? <AnswerChoice isMany label="全街道" selected={audience.isWhole ? ['whole'] : []} onChoose={whole} answers={[{ key: 'whole', title: '全街道', detail: '要另一位同事点头' }]} /> : null}
      {audience.isWhole ? null : <AnswerChoice isMany label="哪些社区" selected={audience.communityIds} answers={communities.map((one) => ({ key: one.communityId, title: one.name }))} onChoose={turn} />}
      {isOpen
        ? (
          <>
            {only && only.grids.length > 0 ? <AnswerChoice isMany label="哪些网格" selected={grids} answers={only.grids.map((grid) => ({ key: grid, title: grid }))} onChoose={(key) => onChange({ grids: grids.includes(key) ? grids.filter((one) => one !== key) : [...grids, key] })} /> : null}
            {only ? <Field label="只发给这几幢（可以不写）" value={typed} onChange={(words) => { setTyped(words); onChange({ buildings: buildingsOf(words) }) }} maxLength={120} placeholder="8、9、10" hint="写幢号，用顿号隔开；8-12 就是 8 到 12 幢" /> : null}
            <Box className="pair">
              <SelectField label="几岁起" value={String(audience.ageFrom ?? ANY)} onChange={(key) => onChange({ ageFrom: ageOf(key) })} options={agesFrom} />
              <SelectField label="到几岁" value={String(audience.ageTo ?? ANY)} onChange={(key) => onChange({ ageTo: ageOf(key) })} options={agesFrom} />
            </Box>
            <SelectField label="做什么的" value={audience.roles[0] ?? ANY} onChange={(key) => onChange({ roles: key === ANY ? [] : [key as Audience['roles'][number]] })} options={roleOptions} />
            <AnswerChoice
              isMany label="其中的哪些人" selected={[...(audience.livesAlone ? ['alone'] : []), ...(audience.bookingOn === null ? [] : ['booked'])]}
              onChoose={(key) => onChange(key === 'alone' ? { livesAlone: !audience.livesAlone } : { bookingOn: audience.bookingOn === null ? addDays(today, 1) : null })}
              answers={[{ key: 'alone', title: '独居的' }, { key: 'booked', title: '某一天有预约的', detail: '那天要上门、送餐、参加活动的人' }]}
            />
            {audience.bookingOn === null ? null : <DateField label="哪一天有预约" value={audience.bookingOn} from={today} until={addDays(today, DAYS_AHEAD)} onChange={(onDate) => { if (onDate !== '') onChange({ bookingOn: onDate }) }} />}
          </>
        )
        : <Button kind="outline" icon="users" onPress={() => setOpen(true)}>只发给其中一部分人</Button>}
    </Box>
  )
}

const MOST_BUILDINGS = 60

/** 8、9、12-15 as the numbers that are meant. */
export function buildingsOf(typed: string): string[] {
  const numbers = (typed.match(/\d{1,4}(?:\s*[-–到]\s*\d{1,4})?/gu) ?? []).flatMap((part) => {
    const [from = 0, until = from] = (part.match(/\d+/gu) ?? []).map(Number)
    return Array.from({ length: Math.max(1, Math.min(MOST_BUILDINGS, until - from + 1)) }, (_, index) => String(from + index))
  })
  return [...new Set(numbers)].slice(0, MOST_BUILDINGS)
}
