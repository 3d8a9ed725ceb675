/** 爱心求助: points asked of the neighbourhood for an elder in need, with the elder's consent and without the name. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { pointsWords } from '@/services/points-words'
import { useReadAloud } from '@/services/speech'
import { tellApart } from '@/services/staff-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import type { Chosen, FindPerson } from './find-person'

type Need = OutputOf<'need.list'>['items'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 5
const MOST_WANTED = 5_000

export function NeedsScreen({ findPerson }: { findPerson: FindPerson }) {
  const needs = useQuery('need.list', {}, { pollMs: LOOK_AGAIN_MS })
  const [isOpening, setOpening] = useState(false)
  const [closing, setClosing] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  if (isOpening) return <OpenStep findPerson={findPerson} onBack={() => setOpening(false)} onDone={() => { setOpening(false); setAnswered('发出去了，邻居看得到，不写名字'); needs.reload() }} />
  return (
    <Screen title="爱心求助" foot={closing === null ? <Foot main={<Button icon="hand-heart" onPress={() => { setAnswered(null); setOpening(true) }}>替老人求助</Button>} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={needs}>
        {({ items }) => items.length === 0
          ? <Empty icon="hand-heart" title="现在没有求助" next="有老人积分不够、又急着用的，征得同意，可以替他求邻居捐一点。" />
          : (
            <Parts rows={items} size={SHOWN} of="爱心求助">
              {(rows) => rows.map((need) => <NeedCard key={need.needId} need={need} isClosing={closing === need.needId} onBegin={() => { setAnswered(null); setClosing(need.needId) }} onNo={() => setClosing(null)} onDone={() => { setClosing(null); setAnswered('这个求助结束了，捐过的人看得到您写的话'); needs.reload() }} />)}
            </Parts>
          )}
      </Content>
    </Screen>
  )
}

interface NeedCardProps {
  need: Need
  isClosing: boolean
  onBegin: () => void
  onNo: () => void
  onDone: () => void
}

function NeedCard({ need, isClosing, onBegin, onNo, onDone }: NeedCardProps) {
  const close = useAction('need.close')
  return (
    <Card label={need.words}>
      <Box className="stack">
        <Box>
          <Box className="inline"><Tag tone={need.isOpen ? 'willow' : 'plain'}>{need.isOpen ? '在求助' : '结束了'}</Tag></Box>
          <Box className="lead">{need.words}</Box>
          <Box className="small">{need.elderName ? `为${need.elderName}（只有您和同事看得到名字） · ` : ''}{need.communityName} · {momentWords(need.openedAt)}</Box>
        </Box>
        <Box>
          <Box className="body tabular">已捐 {pointsWords(need.given)} 分，想要 {pointsWords(need.wanted)} 分</Box>
          <Bar share={need.wanted === 0 ? 0 : need.given / need.wanted} />
        </Box>
        {need.closed ? <Box className="small">{momentWords(need.closed.at)}结束：{need.closed.words}</Box> : null}
        {!need.isOpen || need.elderName === null
          ? null
          : isClosing
            ? (
              <ReasonSheet
                question="结束这个求助？捐到的积分已经在老人的存折里。" yes="结束" label="跟大家说一句" hint="捐过的人看得到，不写名字" maxLength={80} isBusy={close.isPending} problem={close.problem}
                onNo={() => { close.clear(); onNo() }} onYes={async (words) => { if (await close.run({ needId: need.needId, words })) onDone() }}
              />
            )
            : <Button kind="outline" label={`结束求助，${need.words}`} onPress={onBegin}>结束求助</Button>}
      </Box>
    </Card>
  )
}

function OpenStep({ findPerson, onBack, onDone }: { findPerson: FindPerson; onBack: () => void; onDone: () => void }) {
  const begin = useAction('need.open')
  const [elder, setElder] = useState<Chosen | null>(null)
  const [words, setWords] = useState('')
  const [wanted, setWanted] = useState('')
  const [hasConsent, setConsent] = useState(false)
  const [said, points] = [words.trim(), Number(wanted)]
  const lack = elder === null ? '先找到是哪位老人。'
    : said === '' ? '写上为什么事求助。'
      : elder.name !== '' && said.includes(elder.name) ? '不要写老人的名字。'
        : points < 1 || points > MOST_WANTED ? `想要多少分，写 1 到 ${pointsWords(MOST_WANTED)}。`
          : !hasConsent ? '要老人自己同意。' : null
  const sentence = lack ?? `${elder?.communityName ?? ''}一位老人：${said}，想要 ${pointsWords(points)} 分。不写名字，老人同意了。`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (elder === null || lack !== null) return
    if (await begin.run({ elderId: elder.personId, words: said, wanted: points, hasConsent })) onDone()
  }
  return (
    <Step
      title="替老人求助" onBack={onBack}
      foot={<Foot say={sentence} problem={begin.problem ? <Problem problem={begin.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={begin.isPending} onPress={submit}>发出去</Button>} />}
    >
      {elder
        ? <PersonBar name={elder.name} words={tellApart(elder)} onChange={() => { begin.clear(); setConsent(false); setElder(null) }} />
        : findPerson({ label: '老人的姓名', onChoose: setElder })}
      {elder
        ? (
          <Box className="stack-wide">
            <Field label="为什么事" kind="many-words" value={words} onChange={(next) => { begin.clear(); setWords(next) }} maxLength={80} placeholder="腿摔伤了，想每周洗一次澡" hint="邻居都看得到，不要写名字和门牌" />
            <Field label="想要多少分" kind="digits" value={wanted} onChange={(next) => { begin.clear(); setWanted(next.replace(/\D/g, '')) }} maxLength={4} />
            <AnswerChoice isMany label="老人同意吗" selected={hasConsent ? ['yes'] : []} onChoose={() => setConsent(!hasConsent)} answers={[{ key: 'yes', title: '老人同意了', detail: `给${elder.name}念过这段话，他愿意让邻居看到` }]} />
          </Box>
        )
        : null}
    </Step>
  )
}
