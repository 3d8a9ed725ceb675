/** One visit as the care worker sees it: who, where, what to mind, what happened, and exactly what can be done now. */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { Reveal } from '@/components/reveal'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { clockTime } from '@/domain/civil-time'
import { dial } from '@/services/device'
import { useVisitQueue, type VisitAction } from '@/services/queue'
import { useServerNow } from '@/services/server-clock'
import { placeWords } from '@/services/staff-words'
import { statusWords, timelineLines, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { useUnmask } from '@/services/use-unmask'
import { DoorStep } from './door-step'
import { HandBackSheet, NoContactSheet, NotThereSheet } from './visit-sheets'
import { WaitingActs } from './waiting-acts'

const LOOK_AGAIN_MS = 5_000

type Asking = 'take' | 'handBack' | 'noContact' | 'notThere' | 'door' | null

export function VisitScreen({ bookingId }: { bookingId: string }) {
  useStaff()
  const now = useServerNow()
  const booking = useQuery('booking.show', { bookingId }, { pollMs: LOOK_AGAIN_MS })
  const queue = useVisitQueue()
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<{ title: string; words: string } | null>(null)
  const { output } = booking

  const done = (title: string, words = '') => { setAsking(null); setAnswered({ title, words }); booking.reload() }
  const ask = (what: Asking) => { setAnswered(null); setAsking(what) }
  const isUnsent = (action: VisitAction): boolean => queue.acts.some((act) => act.input.bookingId === bookingId && act.action === action && act.refused === undefined)
  const may = (act: BookingView['acts'][number]): boolean => output?.acts.includes(act) === true
  // Without signal the last answer may be older than the moment from which these are allowed; the server decides in any case.
  const isMine = may('handBack') || may('checkIn') || may('noContact')
  const mayCheckIn = !isUnsent('visit.checkIn') && (may('checkIn') || (isMine && output !== undefined && now >= output.checkInFrom))
  const mayCheckOut = !isUnsent('visit.checkOut') && (may('checkOut') || isUnsent('visit.checkIn'))
  const mayNoContact = (may('noContact') || (isMine && output !== undefined && now >= output.startsAt)) && !isUnsent('visit.checkIn')
  const door: VisitAction | null = mayCheckIn ? 'visit.checkIn' : mayCheckOut ? 'visit.checkOut' : null

  if (asking === 'door' && output && door) {
    const verb = door === 'visit.checkIn' ? '签到' : '签退'
    return (
      <DoorStep
        key={door} view={output} action={door} queue={queue} onBack={() => setAsking(null)}
        onSent={() => done(`${verb}好了`, door === 'visit.checkIn' ? '做完要走的时候，再来这里签退。' : '接下来请老人或家属确认。')}
        onKept={() => { setAsking(null); setAnswered(null) }}
      />
    )
  }
  const main = asking !== null ? null
    : door ? <Button onPress={() => ask('door')}>{door === 'visit.checkIn' ? '签到' : '签退'}</Button>
      : may('take') ? <Button onPress={() => ask('take')}>我来</Button> : null
  // Beside the check-in, wherever the screen was scrolled to; without it, above what is only read.
  const nobody = asking === null && mayNoContact ? <Button kind="outline" icon="door-open" onPress={() => ask('noContact')}>没人开门</Button> : undefined
  const say = door === 'visit.checkIn' ? `到了${output?.elderName ?? ''}家门口，看门码签到。` : door === 'visit.checkOut' ? '做完要走了，再看一次门码签退。' : `这一单还没人接，${output ? whenWords(output.startsAt, output.endsAt, now) : ''}。`

  return (
    <Screen title="这次上门" subtitle={output?.number} foot={main ? <Foot say={say} other={nobody} main={main} /> : undefined}>
      <WaitingActs queue={queue} bookingId={bookingId} />
      {answered ? <Notice isAnnounced title={answered.title}>{answered.words}</Notice> : null}
      <Content of={booking} shape="detail">
        {(view) => (
          <>
            <Card>
              <Box className="stack">
                <PersonLine name={view.elderName} title={`${view.elderName} · ${view.serviceName}`} detail={whenWords(view.startsAt, view.endsAt, now)} />
                <Box className="inline">
                  <Tag tone={statusWords(view.status, 'careWorker').tone}>{statusWords(view.status, 'careWorker').words}</Tag>
                  {isUnsent('visit.checkIn') ? <Tag tone="gold">签到未发出</Tag> : null}
                  {isUnsent('visit.checkOut') ? <Tag tone="gold">签退未发出</Tag> : null}
                </Box>
              </Box>
            </Card>
            {asking === 'take' ? <TakeSheet view={view} onDone={() => done('这一单归您了', '到时候在这里签到。')} onNo={() => setAsking(null)} onChanged={booking.reload} /> : null}
            {asking === 'handBack' ? <HandBackSheet view={view} onDone={() => done('交回去了', '同事可以接了。')} onNo={() => setAsking(null)} onChanged={booking.reload} /> : null}
            {asking === 'noContact' ? <NoContactSheet view={view} onDone={() => done('报给社工了', '排在社工今天要办的最前面。请在门口再等一等。')} onNo={() => setAsking(null)} onChanged={booking.reload} /> : null}
            {asking === 'notThere' ? <NotThereSheet view={view} onDone={() => done('记下了，老人没在', '会问问老人和家属为什么。')} onNo={() => setAsking(null)} onChanged={booking.reload} /> : null}
            {asking === null && may('notThere') ? <Button kind="outline" onPress={() => ask('notThere')}>人找到了，那天没在家</Button> : null}
            {main ? null : nobody}
            {asking === null && may('setOut') ? <SetOut view={view} onDone={() => done('告诉老人了', '到了门口，看门码签到。')} /> : null}
            <Place view={view} mayLook={isMine || may('checkOut') || view.status === 'checkedOut'} />
            {view.careNotes ? <Notice tone="gold" icon="hand-heart" title="照护须知">{view.careNotes}</Notice> : null}
            {view.note ? <Notice icon="file-text" title="约的时候留的话">{view.note}</Notice> : null}
            <Card><Timeline lines={timelineLines(view, now)} /></Card>
            {asking === null && isMine && !mayCheckIn && !isUnsent('visit.checkIn') ? <Box className="small">{clockTime(view.checkInFrom)} 起可以签到。</Box> : null}
            {asking === null && may('handBack') && !isUnsent('visit.checkIn') ? <Button kind="quiet" onPress={() => ask('handBack')}>去不了，交回去</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

function TakeSheet({ view, onDone, onNo, onChanged }: { view: BookingView; onDone: () => void; onNo: () => void; onChanged: () => void }) {
  const take = useAction('visit.take')
  return (
    <ConfirmSheet
      question={`${whenWords(view.startsAt, view.endsAt)}，您去给${view.elderName}${view.serviceName}？`} yes="我来" isBusy={take.isPending} onNo={onNo}
      onYes={async () => { if (await take.run({ bookingId: view.bookingId })) onDone(); else onChanged() }}
    >
      {take.problem ? <Problem problem={take.problem} /> : null}
    </ConfirmSheet>
  )
}

/** Of an order from the menu the elder hears that somebody is on the way. */
function SetOut({ view, onDone }: { view: BookingView; onDone: () => void }) {
  const setOut = useAction('menu.setOut')
  return (
    <>
      {setOut.problem ? <Problem problem={setOut.problem} /> : null}
      <Button kind="outline" isBusy={setOut.isPending} onPress={async () => { if (await setOut.run({ bookingId: view.bookingId })) onDone() }}>我出门了，告诉老人</Button>
    </>
  )
}

/** Where to go: masked, and the door and the telephone one by one while the work needs them. */
function Place({ view, mayLook }: { view: BookingView; mayLook: boolean }) {
  const about = { by: 'booking', bookingId: view.bookingId } as const
  const address = useUnmask('address', about, 'visit')
  const phone = useUnmask('phone', about, 'visit')
  return (
    <Card label="上门到哪里">
      <Box className="stack">
        <Fact term="去哪里">{placeWords(view.communityName, view.address)}</Fact>
        {mayLook
          ? (
            <>
              <Reveal
                ask="看门牌号" icon="map-pin" question={`看${view.elderName}家的完整门牌号？会记下来，老人看得到。`} yes="看门牌号"
                value={address.value} noneWords="没有登记地址，请问社工。" isBusy={address.isPending} problem={address.problem} onReveal={address.look}
              />
              <Reveal
                ask="打电话" icon="phone-call" question={`看${view.elderName}的手机号？会记下来，老人看得到。`} yes="看手机号"
                value={phone.value} noneWords="没有登记手机号，请问社工。" isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look}
                action={{ words: '拨打', icon: 'phone-call', onPress: dial }}
              />
            </>
          )
          : null}
      </Box>
    </Card>
  )
}
