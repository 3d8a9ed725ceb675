/** 服务机构: who delivers from the menu, what waits for a second person, whose licence runs out. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field, SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { organisationSorts } from '@/domain/organisation'
import { useReadAloud } from '@/services/speech'
import { fullDate } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { LicenceFields, licenceLacks, licenceWords, noLicence } from './licence-fields'
import { open } from './open'
import { organisationSortNames, organisationSortOptions } from './words'

type Listed = OutputOf<'organisation.list'>
type Organisation = Listed['organisations'][number]

const SHOWN = 8

/** What an administrator must see first of an organisation. */
export const stateOf = (one: Pick<Organisation, 'state' | 'waiting' | 'isLicensed' | 'isEnding'>): { words: string; tone: 'willow' | 'gold' | 'warm' | 'plain' } =>
  one.state === 'refused' ? { words: '没有通过', tone: 'plain' } : one.state === 'waiting' ? { words: '等第二个人看', tone: 'gold' } : !one.isLicensed ? { words: '证照过期', tone: 'warm' } : one.waiting > 0 ? { words: `${one.waiting} 样等您看`, tone: 'gold' } : one.isEnding ? { words: '快到期', tone: 'gold' } : { words: '接单', tone: 'willow' }

export function OrganisationsScreen() {
  useStaff()
  const list = useQuery('organisation.list', {})
  const [isNew, setNew] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  if (isNew && list.output) return <RegisterStep communities={list.output.communities} today={list.output.today} onBack={() => setNew(false)} onDone={(words) => { setNew(false); setAnswered(words); list.reload() }} />
  return (
    <Screen title="服务机构" subtitle="示例" foot={<Foot main={<Button icon="plus" onPress={() => { setAnswered(null); setNew(true) }}>登记一家</Button>} />}>
      {answered ? <Notice isAnnounced title={answered}>要另一位管理员看过，才能接单。</Notice> : null}
      <Content of={list}>
        {(shown) => (
          <Box className="stack">
            <Card label="还有">
              <Rows>
                <Row icon="notebook" title="菜单" detail="机构写的，等您看的在前面" onPress={() => open('offers')} />
                <Row icon="users" title="服务了多少人" detail="按月数，点开看每一单" onPress={() => open('figures')} />
              </Rows>
            </Card>
            {shown.organisations.length === 0 ? <Empty icon="building-2" title="还没有登记机构" next="在下面登记一家，带上证照。" /> : null}
            <Parts rows={shown.organisations} size={SHOWN} of="机构">
              {(rows) => rows.map((one) => (
                <CardLink key={one.providerId} onPress={() => open('organisation', `providerId=${one.providerId}`)}>
                  <Box className="stack-tight">
                    <Box className="between"><Box className="lead">{one.name}</Box><Tag tone={stateOf(one).tone}>{stateOf(one).words}</Tag></Box>
                    <Box className="body">{organisationSortNames[one.sort]}，{one.communityNames.length} 个社区</Box>
                    <Box className="small">{one.licensedUntil === null ? '还没有看过的证照' : `证照到 ${fullDate(one.licensedUntil)}`} ›</Box>
                  </Box>
                </CardLink>
              ))}
            </Parts>
          </Box>
        )}
      </Content>
    </Screen>
  )
}

function RegisterStep({ communities, today, onBack, onDone }: { communities: Listed['communities']; today: string; onBack: () => void; onDone: (words: string) => void }) {
  const register = useAction('organisation.register')
  const [name, setName] = useState('')
  const [sort, setSort] = useState<Organisation['sort']>('social')
  const [contact, setContact] = useState('')
  const [phone, setPhone] = useState('')
  const [address, setAddress] = useState('')
  const [communityIds, setCommunities] = useState<readonly string[]>([])
  const [licence, setLicence] = useState(noLicence)
  const lack = name.trim() === '' ? '写上机构名。' : contact.trim().length < 2 ? '写上联系人。' : !/^[\d-]{7,16}$/.test(phone.trim()) ? '写上电话，7 位以上数字。' : address.trim() === '' ? '写上地址。' : communityIds.length === 0 ? '选上服务哪些社区。' : licenceLacks(licence, today)
  const sentence = lack ?? `${name.trim()}，${organisationSortNames[sort]}，服务 ${communityIds.length} 个社区，${licenceWords(licence)}。`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (lack === null && (await register.run({ name: name.trim(), sort, contactName: contact.trim(), phone: phone.trim(), address: address.trim(), communityIds: [...communityIds], licence: { ...licence, number: licence.number.trim() } }))) onDone(`${name.trim()}登记好了`)
  }
  return (
    <Step
      title="登记一家" onBack={onBack}
      foot={<Foot say={sentence} problem={register.problem ? <Problem problem={register.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={register.isPending} onPress={submit}>就这样登记</Button>} />}
    >
      <Box className="stack-wide">
        <Field label="机构名" value={name} onChange={setName} maxLength={30} placeholder="东柳便民服务社" />
        <SelectField label="哪一种" value={sort} onChange={(key) => setSort(organisationSorts.find((one) => one === key) ?? sort)} options={organisationSortOptions} />
        <Field label="联系人" value={contact} onChange={setContact} maxLength={20} />
        <Field label="电话" kind="phone" value={phone} onChange={setPhone} maxLength={16} />
        <Field label="地址" value={address} onChange={setAddress} maxLength={60} />
        <Box className="stack">
          <Heading level={2} className="section">服务哪些社区</Heading>
          <AnswerChoice isMany label="服务哪些社区" answers={communities.map((one) => ({ key: one.communityId, title: one.name }))} selected={communityIds} onChoose={(key) => setCommunities(communityIds.includes(key) ? communityIds.filter((one) => one !== key) : [...communityIds, key])} />
        </Box>
        <Heading level={2} className="section">证照</Heading>
        <LicenceFields licence={licence} onChange={setLicence} />
      </Box>
    </Step>
  )
}
