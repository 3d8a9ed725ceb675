/** Two records of one human become one. The question says what happens; nothing of either is lost. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { tellApart } from '@/services/staff-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { FindPeople, type Found } from './find-people'

const kindWords = (person: { readonly standing: string; readonly hasAccount: boolean }): string => `${person.standing === 'verified' ? '见过面' : '还没见过面'}，${person.hasAccount ? '有微信' : '没用微信'}`

export function MergeScreen({ personId }: { personId: string }) {
  const person = useQuery('person.show', { personId })
  const merge = useAction('person.merge')
  const [other, setOther] = useState<Found | null>(null)
  const [chosenKeep, setKeep] = useState<string | null>(null)
  const { output } = person
  // The record that a social worker has seen is the one to keep, unless somebody decides otherwise.
  const keepId = chosenKeep ?? (output?.standing === 'unverified' && other?.standing === 'verified' ? other.personId : personId)
  const kept = output && other ? (keepId === other.personId ? other : output) : undefined
  const sentence = kept ? `两份「${kept.name}」合成一份，留下${kindWords(kept)}的这份。预约、代办和微信都转过来，什么都不会丢。合了就分不开。` : '先找到另一份登记。'
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (!other) return
    const dropId = keepId === other.personId ? personId : other.personId
    if (await merge.run({ keepId, dropId })) void Taro.redirectTo({ url: `/pages/social-worker/person/index?personId=${keepId}` })
  }
  return (
    <Screen
      title="合并登记" subtitle={output?.name}
      foot={output && other
        ? <Foot say={sentence} problem={merge.problem ? <Problem problem={merge.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isBusy={merge.isPending} onPress={submit}>合成一份</Button>} />
        : undefined}
    >
      <Content of={person} shape="detail">
        {(shown) => other
          ? (
            <Box className="stack">
              <Box className="lead">留下哪一份？</Box>
              <AnswerChoice
                label="留下哪一份" selected={[keepId]} onChoose={setKeep}
                answers={[shown, other].map((one) => ({ key: one.personId, title: one.name, detail: `${tellApart(one)} · ${kindWords(one)}` }))}
              />
              <Notice tone="gold" title="请当面问清楚，是同一个人">名字一样的人不少。生日、住处对得上，再合。</Notice>
              <Button kind="quiet" onPress={() => { merge.clear(); setKeep(null); setOther(null) }}>换一份</Button>
            </Box>
          )
          : (
            <Box className="stack">
              <Box className="body">这一份：{shown.name}，{tellApart(shown)}，{kindWords(shown)}。</Box>
              <FindPeople label="另一份登记的姓名" name={shown.name} without={[personId]} onChoose={setOther} />
            </Box>
          )}
      </Content>
    </Screen>
  )
}
