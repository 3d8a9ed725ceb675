/** Who I am 认领: the phone number that WeChat verified, eight digits from the counter, or a new registration. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { CodeInput } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import type { PhoneNumberAnswer } from '@/components/pressable'
import { phoneCode } from '@/services/phone-number'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { wordingOf, type Wording } from '@/services/wording'

interface ClaimStepProps {
  subdistrictName: string
  onClaimed: (name: string) => void
  onRegister: () => void
}

export function ClaimStep({ subdistrictName, onClaimed, onRegister }: ClaimStepProps) {
  const [isByCode, setByCode] = useState(false)
  return isByCode
    ? <ByCode subdistrictName={subdistrictName} onClaimed={onClaimed} onBack={() => setByCode(false)} />
    : <ByPhone subdistrictName={subdistrictName} onClaimed={onClaimed} onCode={() => setByCode(true)} onRegister={onRegister} />
}

const notFound: Record<'none' | 'several' | 'refused', { title: string; next: string }> = {
  none: { title: '没有找到这个号码的登记', next: '有社区给的登记码，就点「输登记码」；没有也不要紧，自己登记就行。' },
  several: { title: '这个号码登记了不止一位', next: '请到社区领登记码，用登记码来认，不会认错人。' },
  refused: { title: '没有用手机号', next: '可以再点一次，或者用下面的办法。' },
}

function ByPhone({ subdistrictName, onClaimed, onCode, onRegister }: { subdistrictName: string; onClaimed: (name: string) => void; onCode: () => void; onRegister: () => void }) {
  const claim = useAction('account.claimByPhone')
  const [outcome, setOutcome] = useState<keyof typeof notFound | null>(null)
  const [noCode, setNoCode] = useState<Wording | null>(null)
  const isUnknown = outcome === 'none'
  const sentence = isUnknown ? '社区还没有登记过您，自己登记，一分钟就好。' : '用您微信的手机号，到社区的登记里找到您。'
  const read = useReadAloud(sentence)
  const byPhone = async (answer?: PhoneNumberAnswer) => {
    setOutcome(null)
    setNoCode(null)
    claim.clear()
    try {
      const code = await phoneCode(answer)
      if (code === null) { setOutcome('refused'); return }
      const found = await claim.run({ phoneCode: code })
      if (found?.outcome === 'claimed') onClaimed(found.name ?? '')
      else if (found) setOutcome(found.outcome)
    } catch (error) {
      setNoCode(wordingOf(error))
    }
  }
  const problem = claim.problem ?? noCode
  return (
    <Screen
      title="掌上乐龄" subtitle={subdistrictName} hasBack={false}
      foot={(
        <Foot
          say={sentence}
          problem={problem ? <Problem problem={problem} /> : null}
          other={<ReadAloud {...read} />}
          main={isUnknown ? <Button onPress={onRegister}>我来登记</Button> : <Button asksPhoneNumber isBusy={claim.isPending} onPress={byPhone}>用微信手机号</Button>}
        />
      )}
    >
      <Box className="hello">您是哪一位？</Box>
      <Box className="body">在社区登记过的，一点就能认出您。没登记过的，自己登记也行。</Box>
      {outcome ? <Notice tone="gold" title={notFound[outcome].title} isAnnounced>{notFound[outcome].next}</Notice> : null}
      {isUnknown ? <Button kind="outline" asksPhoneNumber isBusy={claim.isPending} onPress={byPhone}>再用微信手机号找一次</Button> : null}
      <Card label="别的办法">
        <Rows>
          <Row icon="id-card" title="输登记码" detail="8 位数字，在社区窗口给您的那张纸上" onPress={onCode} />
          {isUnknown ? null : <Row icon="pencil" title="我来登记" detail="姓名、生日、住在哪里" onPress={onRegister} />}
        </Rows>
      </Card>
    </Screen>
  )
}

function ByCode({ subdistrictName, onClaimed, onBack }: { subdistrictName: string; onClaimed: (name: string) => void; onBack: () => void }) {
  const claim = useAction('account.claimByCode')
  const [code, setCode] = useState('')
  const sentence = '登记码是社区给您本人的，用一次就作废。'
  const read = useReadAloud(sentence)
  return (
    <Screen
      title="输登记码" subtitle={subdistrictName} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={claim.problem ? <Problem problem={claim.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button isDisabled={code.length < 8} isBusy={claim.isPending} onPress={async () => { const found = await claim.run({ code }); if (found) onClaimed(found.name) }}>就是我</Button>
          )}
        />
      )}
    >
      <CodeInput label="社区给的登记码，8 位" length={8} value={code} onChange={(typed) => { claim.clear(); setCode(typed) }} hint="七天内有效。找不到了，请社区再给一个。" />
    </Screen>
  )
}
