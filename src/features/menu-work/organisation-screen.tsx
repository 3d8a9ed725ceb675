/** One organisation: its licences and until when they hold, what a second person has to decide, and orders left over from a licence that ran out. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { fullDate } from '@/services/staff-words'
import { momentWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { LicenceFields, licenceLacks, licenceWords, noLicence } from './licence-fields'
import { stateOf } from './organisations-screen'
import { licenceNames, organisationSortNames } from './words'

type Shown = OutputOf<'organisation.show'>
type Licence = Shown['licences'][number]
type OrderLeft = Shown['ordersLeft'][number]

export function OrganisationScreen({ providerId }: { providerId: string }) {
  const roles = useStaff()
  const isAdmin = roles.includes('admin')
  const organisation = useQuery('organisation.show', { providerId })
  const [isAdding, setAdding] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const done = (words: string) => { setAdding(false); setAnswered(words); organisation.reload() }
  const { output } = organisation
  if (isAdding && output) return <LicenceStep of={output} onBack={() => setAdding(false)} onDone={done} />
  return (
    <Screen title={output?.name ?? '服务机构'} foot={isAdmin && output && output.state !== 'refused' ? <Foot main={<Button icon="plus" onPress={() => { setAnswered(null); setAdding(true) }}>登记一张证照</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={organisation} shape="detail">
        {(shown) => (
          <Box className="stack">
            {shown.state === 'approved' && !shown.isLicensed ? <Notice tone="warm" title="证照过期，先不能接单">新证登记、审核过，就能接着接单。</Notice> : null}
            {shown.isLicensed && shown.isEnding ? <Notice tone="gold" title={`证照 ${shown.licensedUntil === null ? '' : fullDate(shown.licensedUntil)} 到期`}>请早点换证，到期第二天起不能接单。</Notice> : null}
            <Card label={shown.name}>
              <Box className="stack">
                <Box className="inline"><Tag tone={stateOf({ ...shown, waiting: 0 }).tone}>{stateOf({ ...shown, waiting: 0 }).words}</Tag></Box>
                <Box>
                  <Fact term="哪一种">{organisationSortNames[shown.sort]}</Fact>
                  <Fact term="联系人">{shown.contactName}</Fact>
                  <Fact term="电话">{shown.phone}</Fact>
                  <Fact term="地址">{shown.address}</Fact>
                  <Fact term="服务">{shown.communityNames.join('、')}</Fact>
                  <Fact term="登记">{shown.byName}</Fact>
                  {shown.decidedByName ? <Fact term="审核">{shown.decidedByName}{shown.reason ? `：${shown.reason}` : ''}</Fact> : null}
                </Box>
                {shown.mayDecide ? <Decide about={{ providerId }} what={shown.name} onDone={done} onChanged={organisation.reload} /> : shown.state === 'waiting' && isAdmin ? <Box className="small">您登记的，要另一位管理员来看。</Box> : null}
              </Box>
            </Card>
            {shown.ordersLeft.length > 0 ? <Heading level={2} className="section">过期前接的单，要您定（{shown.ordersLeft.length}）</Heading> : null}
            {shown.ordersLeft.map((order) => <OrderCard key={order.bookingId} order={order} isAdmin={isAdmin} onDone={done} onChanged={organisation.reload} />)}
            <Heading level={2} className="section">证照（{shown.licences.length}）</Heading>
            {[...shown.licences].reverse().map((licence) => <LicenceCard key={licence.licenceId} licence={licence} providerId={providerId} today={shown.today} isAdmin={isAdmin} isWithIt={shown.state === 'waiting'} onDone={done} onChanged={organisation.reload} />)}
          </Box>
        )}
      </Content>
    </Screen>
  )
}

/** A second person's yes or no. */
function Decide({ about, what, onDone, onChanged }: { about: { providerId: string; licenceId?: string }; what: string; onDone: (words: string) => void; onChanged: () => void }) {
  const decide = useAction('organisation.decide')
  const [asking, setAsking] = useState<'yes' | 'no' | null>(null)
  const leave = () => { setAsking(null); decide.clear() }
  const say = async (isApproved: boolean, reason?: string) => {
    if (await decide.run({ ...about, isApproved, ...(reason ? { reason } : {}) })) onDone(isApproved ? `${what}通过了` : `${what}退回了`)
    else onChanged()
  }
  if (asking === 'yes') return <ConfirmSheet question={`原件看过，${what}通过？`} yes="通过" isBusy={decide.isPending} onNo={leave} onYes={() => say(true)}>{decide.problem ? <Problem problem={decide.problem} /> : null}</ConfirmSheet>
  if (asking === 'no') return <ReasonSheet question={`${what}退回去？`} yes="退回" maxLength={80} isBusy={decide.isPending} problem={decide.problem} onNo={leave} onYes={(reason) => say(false, reason)} />
  return <Box className="pair"><Button kind="outline" label={`退回，${what}`} onPress={() => setAsking('no')}>退回</Button><Button kind="outline" icon="check" label={`通过，${what}`} onPress={() => setAsking('yes')}>通过</Button></Box>
}

const licenceState = (licence: Licence, today: string): { words: string; tone: 'willow' | 'gold' | 'warm' | 'plain' } =>
  licence.state === 'waiting' ? { words: '等第二个人看', tone: 'gold' } : licence.state === 'refused' ? { words: '没有通过', tone: 'plain' } : licence.untilOn < today ? { words: '过期', tone: 'warm' } : { words: '有效', tone: 'willow' }

function LicenceCard({ licence, providerId, today, isAdmin, isWithIt, onDone, onChanged }: { licence: Licence; providerId: string; today: string; isAdmin: boolean; /** it is decided together with the organisation */ isWithIt: boolean; onDone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  const { words, tone } = licenceState(licence, today)
  return (
    <Card label={licenceNames[licence.kind]}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{licenceNames[licence.kind]}</Box><Tag tone={tone}>{words}</Tag></Box>
        <Box>
          <Fact term="证号">{licence.number}</Fact>
          <Fact term="有效期">{fullDate(licence.fromOn)} 到 {fullDate(licence.untilOn)}</Fact>
          <Fact term="登记">{licence.byName}，{momentWords(licence.at, now)}</Fact>
          {licence.reason ? <Fact term="原因">{licence.reason}</Fact> : null}
        </Box>
        {licence.mayDecide ? <Decide about={{ providerId, licenceId: licence.licenceId }} what={licenceNames[licence.kind]} onDone={onDone} onChanged={onChanged} /> : licence.state === 'waiting' && isAdmin && !isWithIt ? <Box className="small">要另一位管理员来看。</Box> : null}
      </Box>
    </Card>
  )
}

function OrderCard({ order, isAdmin, onDone, onChanged }: { order: OrderLeft; isAdmin: boolean; onDone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  const decide = useAction('menu.decideOrder')
  const [asking, setAsking] = useState<'keep' | 'release' | null>(null)
  const what = `${order.elderName}，${order.serviceName}`
  const leave = () => { setAsking(null); decide.clear() }
  const say = (isKept: boolean) => async (words: string) => {
    if (await decide.run({ bookingId: order.bookingId, isKept, words })) onDone(isKept ? `${what}照做` : `${what}，替老人问下一家`)
    else onChanged()
  }
  return (
    <Card label={what} tone={order.isKept ? 'plain' : 'gold'}>
      <Box className="stack">
        <Box className="between"><Box className="lead">{whenWords(order.startsAt, order.endsAt, now)}</Box>{order.isKept ? <Tag>照做</Tag> : <Tag tone="gold">等您定</Tag>}</Box>
        <Box className="body">{order.elderName} · {order.serviceName}{order.workerName ? ` · ${order.workerName}去` : ''}</Box>
        {order.isKept || !isAdmin ? null
          : asking === 'keep' ? <ReasonSheet question={`${what}，让这家照做？`} yes="照做" isBusy={decide.isPending} problem={decide.problem} maxLength={80} onNo={leave} onYes={say(true)} />
            : asking === 'release' ? <ReasonSheet question={`${what}，换一家？`} yes="换一家" isBusy={decide.isPending} problem={decide.problem} maxLength={80} onNo={leave} onYes={say(false)} />
              : <Box className="pair"><Button kind="outline" label={`换一家，${what}`} onPress={() => setAsking('release')}>换一家</Button><Button kind="outline" label={`照做，${what}`} onPress={() => setAsking('keep')}>照做</Button></Box>}
      </Box>
    </Card>
  )
}

function LicenceStep({ of, onBack, onDone }: { of: Shown; onBack: () => void; onDone: (words: string) => void }) {
  const add = useAction('organisation.addLicence')
  const [licence, setLicence] = useState(noLicence)
  const lack = licenceLacks(licence, of.today)
  const sentence = lack ?? `${of.name}，${licenceWords(licence)}。要另一位管理员看过才算数。`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="登记一张证照" subtitle={of.name} onBack={onBack}
      foot={<Foot say={sentence} problem={add.problem ? <Problem problem={add.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={add.isPending} onPress={async () => { if (lack === null && (await add.run({ providerId: of.providerId, ...licence, number: licence.number.trim() }))) onDone(`${licenceNames[licence.kind]}登记好了，等另一位来看`) }}>就这样登记</Button>} />}
    >
      <Box className="stack-wide"><LicenceFields licence={licence} onChange={setLicence} /></Box>
    </Step>
  )
}
