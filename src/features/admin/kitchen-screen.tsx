/** One 助餐点 as the subdistrict runs it: where, for whom, when it serves and until when it is ordered. Dishes are the kitchen's own. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, goBack, Screen } from '@/components/screen'
import { newRequestId } from '@/services/call'
import { sittingWords, wayWords } from '@/services/meal-words'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { cutoffSentences, daysBeforeWords, hoursSentence, hoursSentences, ways, type Hours, type KitchenTerms, type Sitting } from './policy-words'

type Preview = OutputOf<'kitchen.preview'>
type Terms = Omit<InputOf<'kitchen.save'>, 'kitchenId'>

const usualHours: Readonly<Record<Sitting, Hours>> = {
  lunch: { fromMinute: 11 * 60, untilMinute: 12 * 60 + 30, cutoffMinute: 9 * 60, cutoffDaysBefore: 0 },
  dinner: { fromMinute: 17 * 60, untilMinute: 18 * 60, cutoffMinute: 15 * 60, cutoffDaysBefore: 0 },
}
const noTerms: Terms = { name: '', phone: '', communityIds: [], ways: ['delivery'], sites: [], hours: { lunch: usualHours.lunch, dinner: null }, isOpen: true }
const MOST_DAYS_BEFORE = 3
const MOST_SITES = 6

const termsOf = ({ name, phone, communityIds, ways: its, sites, hours, isOpen }: KitchenTerms): Terms => ({ name, phone, communityIds, ways: its, sites, hours, isOpen })

/** With `key` in the list, or without it; in the order of `all`. */
const toggled = <T extends string>(all: readonly T[], chosen: readonly T[], key: string): T[] => all.filter((one) => (one === key) !== chosen.includes(one))

/** Sittings that are ordered until another time than so far; one that is new changes nothing for anybody. */
const withNewCutoff = (before: Terms['hours'], after: Terms['hours']): readonly Sitting[] => (['lunch', 'dinner'] as const).filter((sitting) => {
  const [was, is] = [before[sitting], after[sitting]]
  return was !== null && is !== null && (was.cutoffMinute !== is.cutoffMinute || was.cutoffDaysBefore !== is.cutoffDaysBefore)
})

/** What is missing or contradicts itself, as the next thing to do; null when it can be saved. */
function lacking(terms: Terms): string | null {
  if (terms.name.trim() === '') return '写上名字。'
  if (!/^[\d-]{7,20}$/.test(terms.phone.trim())) return '写上厨房的电话，7 位以上数字。'
  if (terms.communityIds.length === 0) return '至少选一个社区。'
  if (terms.ways.length === 0) return '至少选一种取餐方式。'
  if (terms.sites.some((site) => site.name.trim() === '' || site.address.trim() === '')) return '取餐处的名字和地址都要写。'
  if (terms.sites.length === 0 && terms.ways.some((way) => way !== 'delivery')) return '堂食、自取要有一处地方。'
  const served = [terms.hours.lunch, terms.hours.dinner].filter((hours) => hours !== null)
  if (served.length === 0) return '午餐、晚餐至少供应一餐。'
  if (served.some((hours) => hours.fromMinute >= hours.untilMinute)) return '供餐结束要比开始晚。'
  if (served.some((hours) => hours.cutoffDaysBefore === 0 && hours.cutoffMinute >= hours.fromMinute)) return '订餐截止要比开饭早。'
  return null
}

export function KitchenScreen({ kitchenId }: { kitchenId: string }) {
  const kitchens = useQuery('admin.kitchens', {})
  const save = useAction('kitchen.save')
  const [madeId, setMadeId] = useState('')
  const [edited, setEdited] = useState<Terms | null>(null)
  const [isSaved, setSaved] = useState(false)
  /** the hours that were looked at against last month */
  const [asked, setAsked] = useState<Terms['hours'] | null>(null)
  const id = kitchenId || madeId
  const stored = kitchens.output?.kitchens.find((kitchen) => kitchen.kitchenId === id)
  const terms = edited ?? (stored ? termsOf(stored) : noTerms)
  const lack = lacking(terms)
  const isChanged = edited !== null
  const moved = stored && !isSaved ? withNewCutoff(stored.hours, terms.hours) : []
  const preview = useQuery('kitchen.preview', stored && asked ? { kitchenId: stored.kitchenId, hours: asked } : null)
  // A new cut-off is looked at before it is set.
  const isToLook = moved.length > 0 && lack === null && !(asked !== null && preview.output !== undefined)
  const sentence = lack ?? `${terms.name.trim()}：${terms.isOpen ? hoursSentences(terms.hours).join('；') : '停止供餐，已经订的照送'}。${stored ? '从以后公布的菜单起按这个；已经公布的，截止时间不变。' : ''}`
  const read = useReadAloud(sentence)
  const edit = (part: Partial<Terms>) => { setSaved(false); if (part.hours !== undefined) setAsked(null); save.clear(); setEdited({ ...terms, ...part }) }

  const submit = async () => {
    const done = await save.run({ ...(id === '' ? {} : { kitchenId: id }), ...terms, name: terms.name.trim(), phone: terms.phone.trim() })
    if (!done) return
    setMadeId(done.kitchenId)
    setSaved(true)
    setAsked(null)
    // What was typed stands until the answer with it has come.
    kitchens.reload()
  }
  return (
    <Screen
      title={kitchenId === '' ? '开一个助餐点' : '助餐点'}
      foot={(
        <Foot
          say={isSaved ? null : sentence} problem={save.problem ? <Problem problem={save.problem} /> : null} other={isSaved ? null : <ReadAloud {...read} />}
          main={isSaved ? <Button onPress={goBack}>返回助餐点</Button>
            : isToLook ? <Button isBusy={asked !== null && preview.isLoading} busyWords="正在算" onPress={() => setAsked(terms.hours)}>先看上个月</Button>
              : <Button isDisabled={!isChanged || lack !== null} isBusy={save.isPending} onPress={submit}>{id === '' ? '就这样开' : '就这样改'}</Button>}
        />
      )}
    >
      <Content of={kitchens} shape="detail">
        {({ communities }) => kitchenId !== '' && stored === undefined
          ? <Empty icon="building-2" title="没有这个助餐点" next="请返回，从列表里再选一次。" />
          : (
            <Box className="stack-wide">
              {isSaved && kitchenId === ''
                ? <Notice isAnnounced title="开好了" actions={<Button kind="outline" icon="users" onPress={() => { void Taro.navigateTo({ url: '/pages/points-admin/staff/index' }) }}>去加厨房和送餐的人</Button>}>还要有人：厨房的人排菜单，送餐员送到家。在「工作人员」里找到人，选上这个助餐点就行。</Notice>
                : isSaved ? <Notice isAnnounced title="存好了">以后公布的菜单按这个时间。已经公布的，截止时间不变。</Notice> : null}
              {asked !== null && moved.length > 0
                ? (
                  <Box className="stack">
                    <Heading level={2} className="section">要是上个月就这样</Heading>
                    <Content of={preview} shape="detail">{(shown) => <PreviewCard preview={shown} moved={moved} hours={asked} />}</Content>
                  </Box>
                )
                : null}
              <Field label="名字" value={terms.name} onChange={(name) => edit({ name })} maxLength={20} placeholder="东柳中心食堂" />
              <Field label="厨房电话" kind="phone" value={terms.phone} onChange={(phone) => edit({ phone })} maxLength={20} hint="老人找得到厨房" />
              <Box className="stack">
                <Heading level={2} className="section">现在供餐吗</Heading>
                <AnswerChoice label="现在供餐吗" selected={[terms.isOpen ? 'open' : 'closed']} onChoose={(key) => edit({ isOpen: key === 'open' })} answers={[{ key: 'open', title: '供餐' }, { key: 'closed', title: '停了', detail: '不能再公布菜单' }]} />
              </Box>
              {(['lunch', 'dinner'] as const).map((sitting) => (
                <SittingFields key={sitting} sitting={sitting} hours={terms.hours[sitting]} onChange={(hours) => edit({ hours: { ...terms.hours, [sitting]: hours } })} />
              ))}
              <Box className="stack">
                <Heading level={2} className="section">怎么取餐</Heading>
                <AnswerChoice isMany label="怎么取餐" selected={terms.ways} onChoose={(key) => edit({ ways: toggled(ways, terms.ways, key) })} answers={ways.map((way) => ({ key: way, title: wayWords(way) }))} />
              </Box>
              <Sites sites={terms.sites} onChange={(sites) => edit({ sites })} />
              <Box className="stack">
                <Heading level={2} className="section">服务哪些社区</Heading>
                <Button kind="outline" onPress={() => edit({ communityIds: terms.communityIds.length === communities.length ? [] : communities.map((one) => one.communityId) })}>{terms.communityIds.length === communities.length ? '一个都不选' : `${communities.length} 个全选`}</Button>
                <AnswerChoice
                  isMany label="服务哪些社区" selected={terms.communityIds} answers={communities.map((one) => ({ key: one.communityId, title: one.name }))}
                  onChoose={(key) => edit({ communityIds: toggled(communities.map((one) => one.communityId), terms.communityIds, key) })}
                />
              </Box>
            </Box>
          )}
      </Content>
    </Screen>
  )
}

/** Of each sitting with a new cut-off: from when it holds, and whom it would have missed. */
function PreviewCard({ preview, moved, hours }: { preview: Preview; moved: readonly Sitting[]; hours: Terms['hours'] }) {
  return (
    <Card tone="gold" label="要是上个月就这样">
      <Box className="stack">
        {preview.sittings.filter((one) => moved.includes(one.sitting)).map((one) => {
          const { lead, more } = cutoffSentences(one, hours[one.sitting], preview)
          return <Box key={one.sitting} className="stack-tight"><Box className="lead tabular">{lead}</Box><Box className="body tabular">{more}</Box></Box>
        })}
      </Box>
    </Card>
  )
}

/** When one sitting is served and until when it is ordered, with the sentence that elders will read. */
function SittingFields({ sitting, hours, onChange }: { sitting: Sitting; hours: Hours | null; onChange: (hours: Hours | null) => void }) {
  const name = sittingWords(sitting)
  return (
    <Box className="stack">
      <Heading level={2} className="section">{name}</Heading>
      <AnswerChoice label={`${name}供应吗`} selected={[hours === null ? 'no' : 'yes']} onChoose={(key) => onChange(key === 'no' ? null : (hours ?? usualHours[sitting]))} answers={[{ key: 'yes', title: `供应${name}` }, { key: 'no', title: `不供应${name}` }]} />
      {hours === null
        ? null
        : (
          <Card tone="willow" label={`${name}的时间`}>
            <Box className="stack">
              <Box className="pair">
                <MinuteField label={`${name}开始`} value={hours.fromMinute} from={5 * 60} until={21 * 60} onChange={(fromMinute) => onChange({ ...hours, fromMinute })} />
                <MinuteField label={`${name}结束`} value={hours.untilMinute} from={5 * 60} until={22 * 60} onChange={(untilMinute) => onChange({ ...hours, untilMinute })} />
              </Box>
              <Box className="pair">
                <SelectField label={`${name}订到哪天`} value={String(hours.cutoffDaysBefore)} onChange={(key) => onChange({ ...hours, cutoffDaysBefore: Number(key) })} options={Array.from({ length: MOST_DAYS_BEFORE + 1 }, (_, days) => ({ key: String(days), words: daysBeforeWords(days) }))} />
                <MinuteField label={`${name}订到几点`} value={hours.cutoffMinute} from={5 * 60} until={22 * 60} onChange={(cutoffMinute) => onChange({ ...hours, cutoffMinute })} />
              </Box>
              <Box className="accent tabular">{hoursSentence(sitting, hours)}</Box>
            </Box>
          </Card>
        )}
    </Box>
  )
}

/** Where meals are eaten or fetched. */
function Sites({ sites, onChange }: { sites: Terms['sites']; onChange: (sites: Terms['sites']) => void }) {
  const change = (siteId: string, part: Partial<Terms['sites'][number]>) => onChange(sites.map((site) => (site.siteId === siteId ? { ...site, ...part } : site)))
  return (
    <Box className="stack">
      <Heading level={2} className="section">堂食、自取的地方</Heading>
      {sites.length === 0 ? <Box className="small">还没有。只送到家，就不用写。</Box> : null}
      {sites.map((site, index) => (
        <Card key={site.siteId} label={`第 ${index + 1} 处`}>
          <Box className="stack">
            <Field label={`第 ${index + 1} 处叫什么`} value={site.name} onChange={(name) => change(site.siteId, { name })} maxLength={20} placeholder="一楼餐厅" />
            <Field label={`第 ${index + 1} 处在哪里`} value={site.address} onChange={(address) => change(site.siteId, { address })} maxLength={40} placeholder="中兴路边，社区大楼一楼" />
            <Button kind="outline" label={`去掉这一处，第 ${index + 1} 处${site.name}`} onPress={() => onChange(sites.filter((one) => one.siteId !== site.siteId))}>去掉这一处</Button>
          </Box>
        </Card>
      ))}
      {sites.length < MOST_SITES ? <Button kind="outline" icon="plus" onPress={() => onChange([...sites, { siteId: `site_${newRequestId()}`, name: '', address: '' }])}>加一处</Button> : null}
    </Box>
  )
}
