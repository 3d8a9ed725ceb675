/** What a service says of itself: a new one, or one that is said anew. What was booked keeps what it was booked with. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useAction } from '@/services/use-action'
import { fenOf } from '@/services/yuan'
import { kindWords, type Service } from './service-words'

type Words = Omit<InputOf<'service.edit'>, 'serviceItemId'>
type Kind = keyof typeof kindWords
type BedSort = NonNullable<InputOf<'service.create'>['bedSort']>
type Catalogue = OutputOf<'admin.catalogue'>

const icons: readonly { key: Words['icon']; words: string }[] = [{ key: 'bath', words: '浴缸' }, { key: 'scissors', words: '剪刀' }, { key: 'accessibility', words: '人' }, { key: 'brush-cleaning', words: '刷子' }, { key: 'house-heart', words: '房子' }, { key: 'hand-heart', words: '手' }]
const bedSorts: Readonly<Record<'dayCare' | 'stay', readonly { key: BedSort; title: string }[]>> = { dayCare: [{ key: 'dayCare', title: '日托' }, { key: 'physio', title: '理疗' }], stay: [{ key: 'short', title: '短住' }, { key: 'memory', title: '记忆照护，要受过训的人值班' }] }
const usual: Words = { name: '', summary: '', details: '', icon: 'hand-heart', cancelHours: 12, communityIds: [], bring: [] }
const wordsOf = (service: Service): Words => ({ name: service.name, summary: service.summary, details: service.details, icon: icons.find((one) => one.key === service.icon)?.key ?? 'hand-heart', cancelHours: service.cancelHours, communityIds: service.communityIds, bring: service.bring })

interface ServiceStepProps {
  /** left out: a new one */
  service?: Service
  communities: Catalogue['communities']
  providers: Catalogue['providers']
  onBack: () => void
  onDone: (serviceItemId: string) => void
}

export function ServiceStep({ service, communities, providers, onBack, onDone }: ServiceStepProps) {
  const [create, edit] = [useAction('service.create'), useAction('service.edit')]
  const [words, setWords] = useState<Words>(service ? wordsOf(service) : { ...usual, communityIds: communities.map((one) => one.communityId) })
  const [bring, setBring] = useState(words.bring.join('、'))
  const [hours, setHours] = useState(String(words.cancelHours))
  const [kind, setKind] = useState<Kind>(service?.kind ?? 'homeCare')
  const [bedSort, setBedSort] = useState<BedSort>('dayCare')
  const [providerId, setProviderId] = useState('')
  const [minutes, setMinutes] = useState('60')
  const [price, setPrice] = useState('')
  const act = service ? edit : create
  const change = (part: Partial<Words>) => { act.clear(); setWords({ ...words, ...part }) }
  const [cancelHours, durationMinutes, priceFen] = [/^\d{1,3}$/.test(hours) ? Number(hours) : null, /^\d{2,4}$/.test(minutes) ? Number(minutes) : null, fenOf(price)]
  const isBed = service ? service.isBed : kind !== 'homeCare'
  const lack = words.name.trim() === '' ? '写上叫什么。' : words.summary.trim() === '' ? '用一句话说是什么。' : words.details.trim() === '' ? '写上老人要知道的。' : words.communityIds.length === 0 ? '至少选一个社区。' : cancelHours === null || cancelHours > 168 ? '取消写 0 到 168 小时。'
    : service ? null : providerId === '' ? '选谁来做。' : durationMinutes === null || durationMinutes < 10 || durationMinutes > 1440 ? '多久写 10 到 1440 分钟。' : priceFen === null ? '写上多少钱。' : null
  const submit = async () => {
    if (lack !== null || cancelHours === null) return
    const whole: Words = { ...words, name: words.name.trim(), summary: words.summary.trim(), details: words.details.trim(), cancelHours, bring: isBed ? bring.split(/[、，,\n]/).map((one) => one.trim()).filter(Boolean).slice(0, 8) : [] }
    if (service) { if (await edit.run({ serviceItemId: service.serviceItemId, ...whole })) onDone(service.serviceItemId); return }
    if (durationMinutes === null || priceFen === null) return
    const made = await create.run({ ...whole, kind, providerId, durationMinutes, priceFen, ...(kind === 'homeCare' ? {} : { bedSort: bedSorts[kind].some((one) => one.key === bedSort) ? bedSort : (bedSorts[kind][0]?.key ?? 'dayCare') }) })
    if (made) onDone(made.serviceItemId)
  }
  return (
    <Step
      title={service ? '改说明' : '加一项服务'} subtitle={service?.name} onBack={onBack}
      foot={<Foot say={lack ?? (service ? '改好以后马上看得到；约好的，照约的时候说的办。' : '先有服务，再排每周的时间；排了时间老人才约得到。')} problem={act.problem ? <Problem problem={act.problem} /> : null} main={<Button isDisabled={lack !== null} isBusy={act.isPending} onPress={submit}>{service ? '就这样改' : '就加这项'}</Button>} />}
    >
      <Box className="stack">
        <Field label="叫什么" value={words.name} onChange={(name) => change({ name })} maxLength={12} placeholder="助浴" />
        <Field label="一句话说是什么" value={words.summary} onChange={(summary) => change({ summary })} maxLength={30} placeholder="上门帮老人洗澡" />
        <Field label="老人要知道的" kind="many-words" value={words.details} onChange={(details) => change({ details })} maxLength={200} hint="怎么做、要准备什么" />
        {service
          ? null
          : (
            <>
              <AnswerChoice label="怎么做" answers={(Object.keys(kindWords) as Kind[]).map((key) => ({ key, title: kindWords[key], detail: { homeCare: '护理员到家里', dayCare: '老人到机构，半天', stay: '老人到机构，住几晚' }[key] }))} selected={[kind]} onChoose={(key) => setKind(key as Kind)} />
              {kind === 'homeCare' ? null : <AnswerChoice label="什么床位" answers={bedSorts[kind]} selected={[bedSort]} onChoose={(key) => setBedSort(key as BedSort)} />}
              <SelectField label="谁来做" value={providerId} onChange={setProviderId} options={providers.map((one) => ({ key: one.providerId, words: one.name }))} />
              <Box className="pair">
                <Field label="多久（分钟）" kind="digits" value={minutes} onChange={setMinutes} maxLength={4} hint="以后不能改" />
                <Field label="多少钱（元）" value={price} onChange={setPrice} maxLength={7} />
              </Box>
            </>
          )}
        <Field label="提前几小时能自己取消" kind="digits" value={hours} onChange={(typed) => { act.clear(); setHours(typed) }} maxLength={3} />
        {isBed ? <Field label="带上什么" value={bring} onChange={(typed) => { act.clear(); setBring(typed) }} maxLength={80} placeholder="平时吃的药、水杯" hint="用顿号隔开" /> : null}
        <SelectField label="图案" value={words.icon} onChange={(key) => change({ icon: key as Words['icon'] })} options={icons} />
        <Heading level={2} className="section">哪些社区</Heading>
        <AnswerChoice isMany label="哪些社区" answers={communities.map((one) => ({ key: one.communityId, title: one.name }))} selected={words.communityIds} onChoose={(key) => change({ communityIds: communities.map((one) => one.communityId).filter((id) => (id === key) !== words.communityIds.includes(id)) })} />
      </Box>
    </Step>
  )
}
