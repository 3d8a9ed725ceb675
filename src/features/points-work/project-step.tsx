/** A new project for groups: what is to be done, where, and by when. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { addDays, civilDate, isCivilDate, spokenDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { serverNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'

const AHEAD_AT_MOST = 366

interface ProjectStepProps {
  communities: readonly { communityId: string; name: string }[]
  onBack: () => void
  onDone: (title: string) => void
}

export function ProjectStep({ communities, onBack, onDone }: ProjectStepProps) {
  const publish = useAction('project.publish')
  const today = civilDate(serverNow())
  const [title, setTitle] = useState('')
  const [what, setWhat] = useState('')
  const [place, setPlace] = useState('')
  const [dueOn, setDueOn] = useState('')
  const [points, setPoints] = useState('')
  const [chosen, setChosen] = useState('')
  const communityId = chosen || (communities.length === 1 ? (communities[0]?.communityId ?? '') : '')
  const [name, doing, where] = [title.trim(), what.trim(), place.trim()]
  const lack = name === '' ? '写上项目叫什么。' : doing === '' ? '写清楚要做什么、做到什么样。' : communityId === '' ? '选在哪个社区。' : where === '' ? '写上在哪里。' : !isCivilDate(dueOn) || dueOn <= today ? '选到哪天做完。' : points !== '' && Number(points) < 1 ? '给多少分，至少 1 分；不写就按积分规则。' : null
  const sentence = lack ?? `${name}，在${where}，${spokenDate(dueOn)}前做完${points === '' ? '' : `，做完给 ${pointsWords(Number(points))} 分`}。团队认领，做完由社工核实。`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="发布一个项目" onBack={onBack}
      foot={<Foot say={sentence} problem={publish.problem ? <Problem problem={publish.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={publish.isPending} onPress={async () => { if (lack === null && (await publish.run({ title: name, what: doing, place: where, communityId, dueOn, ...(points === '' ? {} : { points: Number(points) }) }))) onDone(name) }}>就这样发布</Button>} />}
    >
      <Box className="stack-wide">
        <Field label="叫什么" value={title} onChange={setTitle} maxLength={24} placeholder="给楼道换上亮灯" />
        <Field label="要做什么、做到什么样" kind="many-words" value={what} onChange={setWhat} maxLength={300} />
        {communities.length > 1 ? <SelectField label="在哪个社区" value={communityId} onChange={setChosen} options={communities.map((one) => ({ key: one.communityId, words: one.name }))} /> : null}
        <Field label="在哪里" value={place} onChange={setPlace} maxLength={60} placeholder="3 幢、5 幢的楼道" />
        <DateField label="到哪天做完" value={dueOn} onChange={setDueOn} from={addDays(today, 1)} until={addDays(today, AHEAD_AT_MOST)} />
        <Field label="做完给团队多少分（可以不写）" kind="digits" value={points} onChange={(next) => setPoints(next.replace(/\D/g, ''))} maxLength={6} hint="不写就按积分规则；最多给规则里写的那么多" />
      </Box>
    </Step>
  )
}
