/** Registering oneself: little is asked, and it says what stays closed until a social worker has met the person. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { civilDate, isCivilDate } from '@/domain/civil-time'
import { wholeAddress } from '@/services/door-address'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'

interface RegisterStepProps {
  subdistrictName: string
  communities: OutputOf<'account.open'>['communities']
  onBack: () => void
  onRegistered: (name: string) => void
}

const birthWords = (date: string): string => `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

export function RegisterStep({ subdistrictName, communities, onBack, onRegistered }: RegisterStepProps) {
  const register = useAction('account.register')
  const [name, setName] = useState('')
  const [birthOn, setBirthOn] = useState('')
  const [communityId, setCommunityId] = useState('')
  const [address, setAddress] = useState('')
  const community = communities.find((one) => one.communityId === communityId)
  const isComplete = name.trim().length > 1 && isCivilDate(birthOn) && community !== undefined
  const whole = community ? wholeAddress(community.name, address) : ''
  const sentence = isComplete ? `登记${name.trim()}，${birthWords(birthOn)}出生，住在${whole || community.name}。` : '请填姓名、生日，再选住的社区。'
  const read = useReadAloud(sentence)
  const wrong = register.code === 'BAD_INPUT' ? register.details?.['field'] : undefined
  return (
    <Screen
      title="我来登记" subtitle={subdistrictName} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={register.problem ? <Problem problem={register.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              isDisabled={!isComplete} isBusy={register.isPending}
              onPress={async () => {
                const done = await register.run({ name: name.trim(), birthOn, communityId, ...(whole ? { address: whole } : {}) })
                if (done) onRegistered(name.trim())
              }}
            >
              就这样登记
            </Button>
          )}
        />
      )}
    >
      <Field label="姓名" value={name} onChange={setName} maxLength={20} hint="和身份证上一样" {...(wrong === 'name' ? { error: '姓名请写两个字以上的汉字' } : {})} />
      <DateField label="生日" value={birthOn} onChange={setBirthOn} from="1900-01-01" until={civilDate(serverNow())} {...(wrong === 'birthOn' ? { error: '请再看一下生日' } : {})} />
      <SelectField label="住在哪个社区" value={communityId} onChange={setCommunityId} options={communities.map((one) => ({ key: one.communityId, words: one.name }))} />
      <Field label="门牌（可以不填）" value={address} onChange={setAddress} maxLength={50} placeholder="12 幢 302" hint="上门服务要用" />
      <Notice tone="gold" icon="badge-check" title="登记完就能约服务">请家人代办，要等社工见过您一面。带上身份证到社区就行。</Notice>
    </Screen>
  )
}
