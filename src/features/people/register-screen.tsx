/** Registering somebody who stands at the counter without a telephone: seen, so verified at once. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { ageOn, civilDate, isCivilDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { fullDate, identityChecks, type IdentityCheck } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

/** Nobody is older, as far as records go. */
const EARLIEST_BIRTH = '1901-01-01'

export function RegisterScreen() {
  const account = useQuery('account.open', {})
  const today = useQuery('worker.today', {})
  const register = useAction('person.register')
  const [name, setName] = useState('')
  const [birthOn, setBirthOn] = useState('')
  const [chosenCommunity, setCommunity] = useState('')
  const [address, setAddress] = useState('')
  const [phone, setPhone] = useState('')
  const [livesAlone, setLivesAlone] = useState<boolean | null>(null)
  const [check, setCheck] = useState<IdentityCheck | null>(null)

  const mine = (account.output?.communities ?? []).filter((community) => today.output?.placeNames.includes(community.name) === true)
  const only = mine.length === 1 ? mine[0]?.communityId : undefined
  const communityId = chosenCommunity || only || ''
  const community = mine.find((one) => one.communityId === communityId)
  const who = name.trim()
  const where = address.trim()
  const isPhoneRight = phone === '' || /^1\d{10}$/.test(phone)
  const isReady = who.length >= 2 && isCivilDate(birthOn) && community !== undefined && livesAlone !== null && check !== null && isPhoneRight
  const sentence = isReady && community
    ? `登记${who}，${fullDate(birthOn)}生，${ageOn(birthOn, civilDate(serverNow()))} 岁，住${community.name}${where}${livesAlone ? '，独居' : ''}，${identityChecks.find((one) => one.key === check)?.title ?? ''}。`
    : '姓名、生日、社区、是不是独居、怎么核对的，都要填。'
  const read = useReadAloud(sentence)
  const wrong = register.code === 'BAD_INPUT' ? register.details?.['field'] : undefined

  const submit = async () => {
    if (!isReady || livesAlone === null || check === null) return
    const whole = where === '' || !community ? '' : where.startsWith(community.name) ? where : `${community.name} ${where}`
    const made = await register.run({ name: who, birthOn, communityId, livesAlone, identityCheck: check, ...(phone ? { phone } : {}), ...(whole ? { address: whole } : {}) })
    if (made) void Taro.redirectTo({ url: `/pages/social-worker/person/index?personId=${made.personId}` })
  }
  return (
    <Screen
      title="登记" subtitle="没有手机也行"
      foot={(
        <Foot
          say={sentence}
          problem={register.problem ? <Problem problem={register.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={<Button isDisabled={!isReady} isBusy={register.isPending} onPress={submit}>就这样登记</Button>}
        />
      )}
    >
      <Field label="姓名" value={name} onChange={setName} maxLength={20} hint="和身份证上一样" {...(wrong === 'name' ? { error: '姓名请写两个字以上的汉字' } : {})} />
      <DateField label="生日" value={birthOn} onChange={setBirthOn} from={EARLIEST_BIRTH} until={civilDate(serverNow())} {...(wrong === 'birthOn' ? { error: '请再看一下生日' } : {})} />
      <Content<unknown> of={account.output ? today : account}>
        {() => mine.length === 1
          ? null
          : <SelectField label="住在哪个社区" value={communityId} onChange={setCommunity} options={mine.map((one) => ({ key: one.communityId, words: one.name }))} />}
      </Content>
      <Field label="门牌（可以不填）" value={address} onChange={setAddress} maxLength={50} placeholder="12 幢 302" hint="上门服务要用" />
      <Field label="手机号（没有就不填）" kind="phone" value={phone} onChange={(typed) => setPhone(typed.replace(/\D/g, '').slice(0, 11))} maxLength={11} {...(phone.length === 11 && !isPhoneRight ? { error: '手机号是 1 开头的 11 位数字' } : {})} />
      <Heading level={2} className="section">是不是独居</Heading>
      <AnswerChoice label="是不是独居" selected={livesAlone === null ? [] : [livesAlone ? 'yes' : 'no']} onChoose={(key) => setLivesAlone(key === 'yes')} answers={[{ key: 'yes', title: '一个人住' }, { key: 'no', title: '和家人住' }]} />
      <Heading level={2} className="section">怎么核对的身份</Heading>
      <AnswerChoice label="怎么核对的身份" selected={check ? [check] : []} onChoose={(key) => setCheck(identityChecks.find((one) => one.key === key)?.key ?? null)} answers={identityChecks} />
    </Screen>
  )
}
