/** Asking to act for an elder. The answer is the same whether somebody was found, and the screen says so. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { CodeInput, Field, SelectField } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { endOf, kinships, scopeWords, scopesAtFirst, scopesToAsk, terms, untilWords, type Kinship, type Scope } from './scope-words'

const leave = () => { void Taro.redirectTo({ url: '/pages/family/mine/index' }) }

export function AskScreen() {
  const account = useQuery('account.open', {})
  const ask = useAction('delegation.request')
  const [elderName, setElderName] = useState('')
  const [communityId, setCommunityId] = useState('')
  const [phoneLast4, setPhoneLast4] = useState('')
  const [kinship, setKinship] = useState<Kinship | ''>('')
  const [scopes, setScopes] = useState<readonly Scope[]>(scopesAtFirst)
  const [term, setTerm] = useState('year')
  const [isSent, setSent] = useState(false)

  const endOn = endOf(terms.find((one) => one.key === term)?.days ?? 365)
  const isComplete = elderName.trim().length > 1 && communityId !== '' && kinship !== '' && scopes.length > 0 && (phoneLast4 === '' || phoneLast4.length === 4)
  const sentence = isComplete
    ? `请${elderName.trim()}同意：由您（${kinship}）代办，${scopes.map(scopeWords).join('、')}，到${untilWords(endOn)}为止。`
    : scopes.length === 0 ? '请至少选一件想替老人办的事。' : '请写老人的名字，选社区和您是他的谁。'
  const read = useReadAloud(sentence)

  if (isSent) {
    return (
      <Screen title="请老人同意" onBack={leave} foot={<Foot main={<Button onPress={leave}>好的</Button>} />}>
        <Notice isAnnounced title="发出去了">等{elderName.trim()}在手机上点同意。没有手机的，请陪老人带身份证到社区，社工当面办。</Notice>
        <Box className="body">不管有没有找到这位老人，这里都这样回答，免得有人拿名字来试。对不上的，社工会来核对。</Box>
      </Screen>
    )
  }
  return (
    <Screen
      title="请老人同意"
      foot={(
        <Foot
          say={sentence}
          problem={ask.problem ? <Problem problem={ask.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              isDisabled={!isComplete} isBusy={ask.isPending}
              onPress={async () => {
                if (kinship === '') return
                const done = await ask.run({ elderName: elderName.trim(), communityId, ...(phoneLast4 ? { phoneLast4 } : {}), kinship, scopes: [...scopes], endOn })
                if (done) setSent(true)
              }}
            >
              请老人同意
            </Button>
          )}
        />
      )}
    >
      <Content of={account} shape="detail">
        {({ communities }) => (
          <>
            <Field label="老人的名字" value={elderName} onChange={setElderName} maxLength={20} />
            <SelectField label="老人住在哪个社区" value={communityId} onChange={setCommunityId} options={communities.map((one) => ({ key: one.communityId, words: one.name }))} />
            <CodeInput label="老人手机号最后 4 位（可以不填）" length={4} value={phoneLast4} onChange={setPhoneLast4} hint="填了，不会认错同名的人。" />
            <SelectField label="您是老人的" value={kinship} onChange={(key) => setKinship(kinships.find((one) => one === key) ?? '')} options={kinships.map((one) => ({ key: one, words: one }))} />
            <Heading level={2} className="section">想替老人办什么</Heading>
            <AnswerChoice isMany label="想替老人办什么" answers={scopesToAsk.map((scope) => ({ key: scope, title: scopeWords(scope) }))} selected={scopes} onChoose={(key) => setScopes(scopesToAsk.filter((scope) => (scope === key ? !scopes.includes(scope) : scopes.includes(scope))))} />
            <Heading level={2} className="section">多久</Heading>
            <AnswerChoice label="多久" answers={terms.map((one) => ({ key: one.key, title: one.words }))} selected={[term]} onChoose={setTerm} />
            <Box className="small">您每替老人办一件，老人都看得到，也随时能停。</Box>
          </>
        )}
      </Content>
    </Screen>
  )
}
