/** 15 分钟服务圈 as the subdistrict keeps it: which places there are, where they lie from the middle of their community, and when they are open. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { hoursWords, placeSortWords } from '@/services/place-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { WaysStep } from './ways-step'

type Board = OutputOf<'circle.board'>
type Kept = Board['places'][number]
type Wish = NonNullable<InputOf<'circle.setPlace'>['place']>

const DAYS = [{ key: '0123456', words: '每天' }, { key: '12345', words: '周一到周五' }, { key: '123456', words: '周一到周六' }] as const
const daysKey = (weekdays: readonly number[]): string => [...weekdays].sort((a, b) => a - b).join('')
/** Cards that a phone draws at a time. */
const MORE = 20

export function PlacesScreen() {
  const board = useQuery('circle.board', {})
  const [editing, setEditing] = useState<Kept | 'new' | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const [communityId, setCommunityId] = useState('')
  const [most, setMost] = useState(MORE)
  const { output } = board
  if (editing !== null && output) return <PlaceStep board={output} kept={editing === 'new' ? null : editing} onBack={() => setEditing(null)} onDone={(words) => { setEditing(null); setAnswered(words); board.reload() }} />
  return (
    <Screen title="15 分钟服务圈" foot={output ? <Foot main={<Button icon="plus" onPress={() => { setAnswered(null); setEditing('new') }}>加一个地方</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={board}>
        {(shown) => {
          const listed = shown.places.filter((place) => communityId === '' || place.communityId === communityId)
          return (
            <>
              <Box className="small">老人走路按一分钟 {shown.metresAMinute} 米算，路要绕，直线再乘 {shown.detour}（示例）。有人走过的，用走出来的分钟。</Box>
              <SelectField label="哪个社区" value={communityId} onChange={(key) => { setCommunityId(key); setMost(MORE) }} options={[{ key: '', words: '都看' }, ...shown.communities.map((one) => ({ key: one.communityId, words: one.name }))]} />
              {listed.length === 0 ? <Empty icon="map-pin" title="还没有地方" next="在下面加一个，住在附近的人就看得到。" /> : null}
              <Box className="stack">
                {listed.slice(0, most).map((place) => (
                  <CardLink key={place.placeId} onPress={() => { setAnswered(null); setEditing(place) }}>
                    <Box className="lead">{place.name} ›</Box>
                    <Box className="body">{placeSortWords[place.sort]} · {place.communityName}</Box>
                    <Box className="small">{place.address}，{hoursWords(place.hours)}</Box>
                    <Box className="small">{place.walked === null ? '还没有人走过' : `从社区中间走 ${place.walked} 分钟`}</Box>
                  </CardLink>
                ))}
                {listed.length > most ? <Button kind="outline" onPress={() => setMost(most + MORE)}>再看几个</Button> : null}
              </Box>
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

interface Draft {
  sort: Wish['sort']
  name: string
  address: string
  phone: string
  communityId: string
  east: string
  north: string
  towards: 'east' | 'west'
  upwards: 'north' | 'south'
  days: string
  fromMinute: number
  untilMinute: number
  walked: string
}

const draftOf = (kept: Kept | null): Draft => ({
  sort: kept?.sort ?? 'clinic', name: kept?.name ?? '', address: kept?.address ?? '', phone: kept?.phone ?? '', communityId: kept?.communityId ?? '',
  east: String(Math.abs(kept?.east ?? 0)), north: String(Math.abs(kept?.north ?? 0)), towards: (kept?.east ?? 0) < 0 ? 'west' : 'east', upwards: (kept?.north ?? 0) < 0 ? 'south' : 'north',
  days: kept ? daysKey(kept.hours.weekdays) : '0123456', fromMinute: kept?.hours.fromMinute ?? 8 * 60, untilMinute: kept?.hours.untilMinute ?? 17 * 60, walked: kept?.walked === null || kept === null ? '' : String(kept.walked),
})

/** What was typed, or what is still missing, as the next thing to do. */
function read(draft: Draft): { wish: Wish } | { lack: string } {
  const [name, address, phone] = [draft.name.trim(), draft.address.trim(), draft.phone.trim()]
  if (name === '') return { lack: '写上叫什么。' }
  if (draft.communityId === '') return { lack: '选在哪个社区。' }
  if (address === '') return { lack: '写上在哪里。' }
  if (draft.untilMinute <= draft.fromMinute) return { lack: '关门要比开门晚。' }
  if (phone !== '' && !/^[\d-]{5,20}$/.test(phone)) return { lack: '电话只写数字。' }
  const [east, north, walked] = [Number(draft.east || '0'), Number(draft.north || '0'), Number(draft.walked)]
  if (draft.walked !== '' && (walked < 1 || walked > 60)) return { lack: '走几分钟，写 1 到 60。' }
  return {
    wish: {
      sort: draft.sort, name, address, communityId: draft.communityId, ...(phone === '' ? {} : { phone }), east: draft.towards === 'west' ? -east : east, north: draft.upwards === 'south' ? -north : north,
      weekdays: [...draft.days].map(Number), fromMinute: draft.fromMinute, untilMinute: draft.untilMinute, ...(draft.walked === '' ? {} : { walked }),
    },
  }
}

/** Ways to one place from everywhere. */
function WaysOf({ kept, onBack, onDone }: { kept: Kept; onBack: () => void; onDone: (words: string) => void }) {
  const ways = useQuery('circle.ways', { placeId: kept.placeId })
  const set = useAction('circle.setWays')
  const { output } = ways
  if (output === undefined) return <Step title="走路几分钟" onBack={onBack}><Content of={ways}>{() => null}</Content></Step>
  return <WaysStep title={output.name} from={output.ways} isBusy={set.isPending} problem={set.problem} onBack={onBack} onSave={async (walked) => { if (await set.run({ placeId: kept.placeId, ways: walked })) onDone('记下了，住在那里的人马上看得到') }} />
}

function PlaceStep({ board, kept, onBack, onDone }: { board: Board; kept: Kept | null; onBack: () => void; onDone: (words: string) => void }) {
  const set = useAction('circle.setPlace')
  const [draft, setDraft] = useState(() => draftOf(kept))
  const [isRemoving, setRemoving] = useState(false)
  const [isWalking, setWalking] = useState(false)
  const edit = (part: Partial<Draft>) => { set.clear(); setDraft({ ...draft, ...part }) }
  const digits = (typed: string): string => typed.replace(/\D/g, '')
  const typed = read(draft)
  const id = kept === null ? {} : { placeId: kept.placeId }
  const ownDays = DAYS.some((one) => one.key === draft.days) ? [] : [{ key: draft.days, words: hoursWords({ weekdays: [...draft.days].map(Number), fromMinute: draft.fromMinute, untilMinute: draft.untilMinute }).split(' ')[0] ?? '' }]
  if (kept !== null && isWalking) return <WaysOf kept={kept} onBack={() => setWalking(false)} onDone={onDone} />
  return (
    <Step
      title={kept === null ? '加一个地方' : kept.name} onBack={onBack}
      foot={isRemoving ? undefined : <Foot say={'lack' in typed ? typed.lack : `${typed.wish.name}，${hoursWords(typed.wish)}。`} problem={set.problem ? <Problem problem={set.problem} /> : null} main={<Button isDisabled={'lack' in typed} isBusy={set.isPending} onPress={async () => { if ('wish' in typed && (await set.run({ ...id, place: typed.wish }))) onDone('记下了') }}>就这样</Button>} />}
    >
      <Box className="stack-wide">
        <SelectField label="是什么地方" value={draft.sort} onChange={(key) => edit({ sort: (Object.keys(placeSortWords) as Wish['sort'][]).find((sort) => sort === key) ?? draft.sort })} options={Object.entries(placeSortWords).map(([key, words]) => ({ key, words }))} />
        <Field label="叫什么" value={draft.name} onChange={(name) => edit({ name })} maxLength={24} />
        <SelectField label="在哪个社区" value={draft.communityId} onChange={(communityId) => edit({ communityId })} options={board.communities.map((one) => ({ key: one.communityId, words: one.name }))} />
        <Field label="在哪里" value={draft.address} onChange={(address) => edit({ address })} maxLength={40} placeholder="8 幢旁边" />
        <Field label="电话（可以不写）" kind="digits" value={draft.phone} onChange={(phone) => edit({ phone })} maxLength={20} />
        <Box className="pair">
          <SelectField label="从社区中间" value={draft.towards} onChange={(key) => edit({ towards: key === 'west' ? 'west' : 'east' })} options={[{ key: 'east', words: '往东' }, { key: 'west', words: '往西' }]} />
          <Field label="多少米" kind="digits" value={draft.east} onChange={(east) => edit({ east: digits(east) })} maxLength={4} />
        </Box>
        <Box className="pair">
          <SelectField label="再" value={draft.upwards} onChange={(key) => edit({ upwards: key === 'south' ? 'south' : 'north' })} options={[{ key: 'north', words: '往北' }, { key: 'south', words: '往南' }]} />
          <Field label="走多少米" kind="digits" value={draft.north} onChange={(north) => edit({ north: digits(north) })} maxLength={4} />
        </Box>
        <Field label="从社区中间走几分钟（走过再写）" kind="digits" value={draft.walked} onChange={(walked) => edit({ walked: digits(walked) })} maxLength={2} />
        <SelectField label="哪几天开门" value={draft.days} onChange={(days) => edit({ days })} options={[...DAYS, ...ownDays]} />
        <Box className="pair">
          <MinuteField label="几点开门" value={draft.fromMinute} onChange={(fromMinute) => edit({ fromMinute })} from={5 * 60} until={20 * 60} />
          <MinuteField label="几点关门" value={draft.untilMinute} onChange={(untilMinute) => edit({ untilMinute })} from={8 * 60} until={23 * 60} />
        </Box>
        {kept === null || isRemoving ? null : <Button kind="outline" onPress={() => setWalking(true)}>从别的社区走几分钟</Button>}
        {kept === null ? null : isRemoving
          ? <ConfirmSheet question={`去掉${kept.name}？住在附近的人就看不到了。`} yes="去掉" isBusy={set.isPending} onNo={() => { set.clear(); setRemoving(false) }} onYes={async () => { if (await set.run({ placeId: kept.placeId })) onDone('去掉了') }}>{set.problem ? <Problem problem={set.problem} /> : null}</ConfirmSheet>
          : <Button kind="dangerOutline" onPress={() => setRemoving(true)}>去掉这个地方</Button>}
      </Box>
    </Step>
  )
}
