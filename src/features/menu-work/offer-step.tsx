/** Something for the menu, new or in other words: what, for how much, where, when, and what the elder gets ready. It waits for the subdistrict. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { menuParts, menuSorts } from '@/domain/menu'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { fenOf, typedYuan } from '@/services/yuan'
import { partOptions, sortOptions, weekdaysWords } from './words'

type Offers = OutputOf<'menu.offers'>
type Offer = Offers['offers'][number]

const week = [1, 2, 3, 4, 5, 6, 0]
const toggled = <T,>(all: readonly T[], one: T): T[] => (all.includes(one) ? all.filter((other) => other !== one) : [...all, one])
const wholeOf = (typed: string): number => (/^\d{1,4}$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN)
const isWhole = (value: number, from: number, to: number): boolean => value >= from && value <= to

export function OfferStep({ offer, organisations, onBack, onDone }: { offer: Offer | null; organisations: Offers['organisations']; onBack: () => void; onDone: (words: string) => void }) {
  const save = useAction('menu.saveOffer')
  const was = offer?.waiting?.terms ?? offer?.terms ?? null
  const [providerId, setProvider] = useState(offer?.providerId ?? organisations[0]?.providerId ?? '')
  const place = organisations.find((one) => one.providerId === providerId)
  const [name, setName] = useState(was?.name ?? '')
  const [sort, setSort] = useState(was?.sort ?? 'shopping')
  const [unit, setUnit] = useState(was?.unit ?? '一次')
  const [price, setPrice] = useState(was === null ? '' : typedYuan(was.priceFen))
  const [details, setDetails] = useState(was?.details ?? '')
  const [bring, setBring] = useState(was?.bring.join('、') ?? '')
  const [communityIds, setCommunities] = useState<readonly string[]>(was?.communityIds ?? place?.communities.map((one) => one.communityId) ?? [])
  const [weekdays, setWeekdays] = useState<readonly number[]>(was?.weekdays ?? [1, 2, 3, 4, 5])
  const [parts, setParts] = useState(was?.parts ?? [...menuParts])
  const [perDay, setPerDay] = useState(String(was?.perDay ?? 5))
  const [lead, setLead] = useState(String(was?.leadHours ?? 12))
  const [cancel, setCancel] = useState(String(was?.cancelHours ?? 2))
  const [ahead, setAhead] = useState(String(was?.daysAhead ?? 7))
  const priceFen = fenOf(price)
  const [places, leadHours, cancelHours, daysAhead] = [wholeOf(perDay), wholeOf(lead), wholeOf(cancel), wholeOf(ahead)]
  const lack = name.trim() === '' ? '写上叫什么。' : priceFen === null ? '写上价钱，像 5 或者 12.5。' : unit.trim() === '' ? '写上一份是多少，像一趟。' : details.trim() === '' ? '写一句做什么。'
    : communityIds.length === 0 ? '选上哪些社区。' : weekdays.length === 0 ? '选上星期几。' : parts.length === 0 ? '选上午还是下午。' : !isWhole(places, 1, 200) ? '一天接几单，1 到 200。'
      : !isWhole(leadHours, 12, 72) ? '提前几小时点，12 到 72。' : !isWhole(cancelHours, 0, 48) ? '提前几小时能取消，0 到 48。' : !isWhole(daysAhead, 1, 14) ? '能点几天以内的，1 到 14。' : null
  const sentence = lack ?? `${name.trim()}，${price.trim()} 元${unit.trim()}，${weekdaysWords(weekdays)}，一天 ${places} 单。交街道看过，才上菜单。${was ? '已经点了的，还是原来的价钱。' : ''}`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (lack !== null || priceFen === null) return
    const done = await save.run({
      providerId, ...(offer ? { offerId: offer.offerId } : {}), name: name.trim(), sort, unit: unit.trim(), priceFen, details: details.trim(), bring: bring.split(/[、，,]/).map((one) => one.trim()).filter(Boolean).slice(0, 6),
      communityIds: [...communityIds], weekdays: [...weekdays], parts: [...parts], perDay: places, leadHours, cancelHours, daysAhead,
    })
    if (done) onDone(`${name.trim()}交上去了，等街道看`)
  }
  return (
    <Step
      title={offer ? '改菜单' : '写一样新的'} subtitle={place?.name} onBack={onBack}
      foot={<Foot say={sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={save.isPending} onPress={submit}>交给街道看</Button>} />}
    >
      <Box className="stack-wide">
        {organisations.length > 1 && !offer ? <SelectField label="哪一家" value={providerId} onChange={(key) => { setProvider(key); setCommunities(organisations.find((one) => one.providerId === key)?.communities.map((one) => one.communityId) ?? []) }} options={organisations.map((one) => ({ key: one.providerId, words: one.name }))} /> : null}
        {offer?.terms ? null : <SelectField label="哪一类" value={sort} onChange={(key) => setSort(menuSorts.find((one) => one === key) ?? sort)} options={sortOptions} />}
        <Field label="叫什么" value={name} onChange={setName} maxLength={20} placeholder="代买米面油" />
        <Field label="价钱（元）" value={price} onChange={setPrice} maxLength={7} hint="不收费写 0" />
        <Field label="一份是多少" value={unit} onChange={setUnit} maxLength={8} placeholder="一趟、一把、一次" />
        <Field label="做什么" kind="many-words" value={details} onChange={setDetails} maxLength={200} placeholder="两公里以内的超市、菜场，小票一起带到" />
        <Field label="老人要备好什么（可以不写）" value={bring} onChange={setBring} maxLength={100} hint="几样用顿号分开" />
        <Box className="stack">
          <Heading level={2} className="section">哪些社区</Heading>
          <AnswerChoice isMany label="哪些社区" answers={(place?.communities ?? []).map((one) => ({ key: one.communityId, title: one.name }))} selected={communityIds} onChoose={(key) => setCommunities(toggled(communityIds, key))} />
        </Box>
        <Box className="stack">
          <Heading level={2} className="section">星期几</Heading>
          <AnswerChoice isMany label="星期几" answers={week.map((day) => ({ key: String(day), title: weekdaysWords([day]) }))} selected={weekdays.map(String)} onChoose={(key) => setWeekdays(toggled(weekdays, Number(key)))} />
        </Box>
        <Box className="stack">
          <Heading level={2} className="section">什么时候上门</Heading>
          <AnswerChoice isMany label="什么时候上门" answers={partOptions} selected={parts} onChoose={(key) => { const part = menuParts.find((one) => one === key); if (part) setParts(toggled(parts, part)) }} />
        </Box>
        <Field label="一天接几单" kind="digits" value={perDay} onChange={setPerDay} maxLength={3} />
        <Field label="提前几小时点" kind="digits" value={lead} onChange={setLead} maxLength={2} hint="至少 12 小时，来得及答复、派人" />
        <Field label="接单后，提前几小时能取消" kind="digits" value={cancel} onChange={setCancel} maxLength={2} />
        <Field label="能点几天以内的" kind="digits" value={ahead} onChange={setAhead} maxLength={2} />
      </Box>
    </Step>
  )
}
