/** An assessment, item by item: every answer is kept as a draft at once, the score is read back in words, then it is signed. */
import { useEffect, useRef, useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Foot, goBack, Screen } from '@/components/screen'
import { barthel, missingIn, scored, type SchemeAnswers } from '@/domain/barthel'
import { levelWords } from '@/services/consult-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

interface Draft {
  answers: SchemeAnswers
  words: string
}

export function AssessScreen({ consultationId }: { consultationId: string }) {
  const kept = useQuery('consult.draft', { consultationId })
  const save = useAction('consult.saveDraft')
  const sign = useAction('consult.sign')
  const [typed, setTyped] = useState<Draft | null>(null)
  const saved = useRef<Draft | null>(null)
  const draft: Draft = typed ?? { answers: kept.output?.draft?.answers ?? {}, words: kept.output?.draft?.words ?? '' }
  const missing = missingIn(draft.answers)
  const result = missing.length === 0 ? scored(draft.answers) : null
  const wish = (of: Draft) => ({ consultationId, answers: { ...of.answers }, ...(of.words.trim() ? { words: of.words.trim() } : {}) })
  const { run, isPending } = save
  // One save after the other, always the newest: nothing that was tapped is lost.
  useEffect(() => {
    if (typed === null || isPending || saved.current === typed) return
    saved.current = typed
    void run({ consultationId, answers: { ...typed.answers }, ...(typed.words.trim() ? { words: typed.words.trim() } : {}) })
  }, [typed, isPending, run, consultationId])
  const submit = async () => { if (await sign.run(wish(draft))) goBack() }
  const say = result ? `${kept.output?.elderName ?? ''}，${result.score} 分，${levelWords(result.level).title}。签了就不能改，要改再做一次。` : `还有 ${missing.length} 样没问：${missing.slice(0, 3).map((item) => item.title).join('、')}${missing.length > 3 ? '等' : ''}。`
  const choose = (key: string, points: string) => { sign.clear(); setTyped({ ...draft, answers: { ...draft.answers, [key]: Number(points) } }) }
  return (
    <Screen title="评估" subtitle={kept.output?.elderName} foot={kept.output ? <Foot say={say} problem={sign.problem ? <Problem problem={sign.problem} /> : save.problem ? <Problem problem={save.problem} /> : null} main={<Button isDisabled={result === null} isBusy={sign.isPending} onPress={submit}>签字</Button>} /> : undefined}>
      <Content of={kept} shape="detail">
        {(shown) => (
          <>
            <Notice title="当面问，看着做">日常生活能力表（Barthel 指数），示例。每点一样就存好，关了再开还在。</Notice>
            {typed === null ? null : <Box className="small">{isPending || saved.current !== typed ? '正在存' : save.problem ? '还没存上' : '存好了'}</Box>}
            {shown.last ? <Box className="small">上一次 {shown.last.score} 分，{levelWords(shown.last.level).title}</Box> : null}
            {barthel.map((item, index) => (
              <Box key={item.key} className="stack">
                <Heading level={2} className="section">{index + 1}. {item.title}</Heading>
                <AnswerChoice label={item.title} selected={draft.answers[item.key] === undefined ? [] : [String(draft.answers[item.key])]} onChoose={(points) => choose(item.key, points)} answers={item.options.map((option) => ({ key: String(option.points), title: option.words, detail: `${option.points} 分` }))} />
              </Box>
            ))}
            <Field label="还看到什么（可以不写）" kind="many-words" value={draft.words} onChange={(words) => { sign.clear(); setTyped({ ...draft, words }) }} maxLength={300} placeholder="浴室没有扶手，地滑" hint="老人自己看得到" />
          </>
        )}
      </Content>
    </Screen>
  )
}
