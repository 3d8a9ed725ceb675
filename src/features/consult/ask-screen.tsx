/** Asking: an answer in words or somebody who comes, what it is about, and own words; until when there is an answer. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { WhoIsItFoot } from '@/components/who-is-it'
import { topicsToAsk, topicWords } from '@/services/consult-words'
import { useIdentity } from '@/services/identity'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'

type Topic = (typeof topicsToAsk)[number]['key']
type Want = 'question' | 'visit'
const wants: readonly { key: Want; title: string; detail: string }[] = [
  { key: 'question', title: '问一句', detail: '顾问写下来答复，能看也能听' },
  { key: 'visit', title: '请顾问上门看看', detail: '看看家里，商量怎么照料' },
]

export function ConsultAskScreen({ elderId: asked }: { elderId: string }) {
  const me = useMyId()
  const elderId = asked || me || ''
  const list = useQuery('consult.list', elderId ? { elderId } : null)
  const ask = useAction('consult.ask')
  const identity = useIdentity(elderId)
  const [want, setWant] = useState<Want | null>(null)
  const [topic, setTopic] = useState<Topic | null>(null)
  const [words, setWords] = useState('')
  const text = words.trim()
  const whose = elderId === me ? '您' : list.output?.elder.name ?? ''
  const lack = want === null ? '先选怎么问。' : topic === null ? '选是什么事。' : text === '' ? '写一两句，顾问好准备。' : null
  const say = lack ?? `${want === 'visit' ? `请顾问上门看看${whose}` : `替${whose}问顾问`}：${topic ? topicWords[topic] : ''}。两个工作日里答复，不收费。`
  const read = useReadAloud(say)
  const submit = async () => {
    if (want === null || topic === null || text === '') return
    const made = await ask.run({ elderId, want, topic, words: text, ...identity.given })
    if (made) void Taro.redirectTo({ url: `/pages/consult/case/index?consultationId=${made.consultationId}` })
  }
  const foot = !list.output ? undefined
    : ask.problem && ask.code === 'IDENTITY_REQUIRED' ? <WhoIsItFoot problem={ask.problem} onHere={() => { ask.clear(); identity.isHere() }} onAsk={() => { ask.clear(); identity.ask() }} />
      : <Foot say={say} problem={ask.problem ? <Problem problem={ask.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={ask.isPending} onPress={submit}>送给顾问</Button>} />
  return (
    <Screen
      title="问乐龄顾问" subtitle={list.output ? `给 ${list.output.elder.name}` : undefined}
      foot={foot}
    >
      <Content of={list} shape="detail">
        {() => (
          <>
            <AnswerChoice label="怎么问" selected={want ? [want] : []} onChoose={(key) => { ask.clear(); setWant(key === 'visit' ? 'visit' : 'question') }} answers={wants} />
            <Heading level={2} className="section">什么事</Heading>
            <AnswerChoice label="什么事" selected={topic ? [topic] : []} onChoose={(key) => { ask.clear(); setTopic(topicsToAsk.find((one) => one.key === key)?.key ?? null) }} answers={topicsToAsk} />
            <Field label="想问什么" kind="many-words" value={words} onChange={(typed) => { ask.clear(); setWords(typed) }} maxLength={300} placeholder="我妈一个人洗澡，怕她滑倒" hint="只有顾问和社工看得到" />
          </>
        )}
      </Content>
    </Screen>
  )
}
