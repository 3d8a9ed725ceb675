/** Giving a role: to whom, as what, and where; said as one sentence before it is done. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { FindMember, type Member } from './find-member'
import { roleChoices, roleWords, type GivenRole } from './role-words'

type Staff = OutputOf<'staff.list'>

interface GrantStepProps {
  communities: Staff['communities']
  grids: Staff['grids']
  places: Staff['places']
  onBack: () => void
  onDone: (words: string) => void
}

export function GrantStep({ communities, grids, places, onBack, onDone }: GrantStepProps) {
  const grant = useAction('staff.grant')
  const [person, setPerson] = useState<Member | null>(null)
  const [role, setRole] = useState<GivenRole | null>(null)
  const [providerId, setProvider] = useState('')
  const [communityIds, setCommunities] = useState<readonly string[]>([])
  const [gridKeys, setGrids] = useState<readonly string[]>([])
  const [isTrained, setTrained] = useState(false)
  const hasArea = role === 'socialWorker' || role === 'careConsultant'
  const needsPlace = role !== null && role !== 'admin' && !hasArea
  const offered = places.filter((place) => role !== null && place.roles.includes(role))
  const place = offered.find((one) => one.providerId === providerId)
  const chosen = communities.filter((one) => communityIds.includes(one.communityId))
  const chosenGrids = role === 'careConsultant' ? grids.filter((one) => gridKeys.includes(one.key)) : []
  const area = [...chosen.map((one) => one.name), ...chosenGrids.map((one) => `${one.communityName}${one.name}`)]
  const lack = person === null ? '先找到是哪一位。' : role === null ? '选做什么。' : needsPlace && !place ? '选在哪一家。' : hasArea && area.length === 0 ? (role === 'careConsultant' ? '至少选一个社区或网格。' : '至少选一个社区。') : null
  const where = place ? `在${place.name}` : hasArea ? `管${area.join('、')}` : '管整个街道'
  const sentence = lack ?? `${person?.name ?? ''}（${person?.communityName ?? ''}），做${role ? roleWords(role) : ''}，${where}${role === 'careWorker' && isTrained ? '，受过记忆照护培训' : ''}。`
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (person === null || role === null || lack !== null) return
    const done = await grant.run({ personId: person.personId, role, ...(role === 'careWorker' ? { isTrained } : {}), ...(place ? { providerId: place.providerId } : {}), ...(hasArea && chosen.length > 0 ? { communityIds: chosen.map((one) => one.communityId) } : {}), ...(chosenGrids.length > 0 ? { grids: chosenGrids.map((one) => one.key) } : {}) })
    if (done) onDone(`${person.name}现在是${roleWords(role)}了`)
  }
  return (
    <Step
      title="加一位工作人员" onBack={onBack}
      foot={<Foot say={sentence} problem={grant.problem ? <Problem problem={grant.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={lack !== null} isBusy={grant.isPending} onPress={submit}>就这样加</Button>} />}
    >
      {person ? <PersonBar name={person.name} words={[person.communityName, person.phoneMasked ?? ''].filter(Boolean).join(' · ')} onChange={() => { grant.clear(); setPerson(null) }} /> : <FindMember label="找哪一位" onChoose={setPerson} />}
      {person ? <Heading level={2} className="section">做什么</Heading> : null}
      {person ? <AnswerChoice label="做什么" selected={role ? [role] : []} onChoose={(key) => { grant.clear(); setProvider(''); setRole(roleChoices.find((one) => one.key === key)?.key ?? null) }} answers={roleChoices} /> : null}
      {person && needsPlace
        ? (
          <Box className="stack">
            <Heading level={2} className="section">在哪一家</Heading>
            {offered.length === 0 ? <Box className="small">还没有可以选的，先去加。</Box> : <AnswerChoice label="在哪一家" selected={providerId ? [providerId] : []} onChoose={setProvider} answers={offered.map((one) => ({ key: one.providerId, title: one.name }))} />}
          </Box>
        )
        : null}
      {person && role === 'careWorker' ? <AnswerChoice isMany label="培训" selected={isTrained ? ['memory'] : []} onChoose={() => setTrained(!isTrained)} answers={[{ key: 'memory', title: '受过记忆照护培训', detail: '记忆照护床位要有这样的人值班' }]} /> : null}
      {person && hasArea
        ? (
          <Box className="stack">
            <Heading level={2} className="section">管哪些社区</Heading>
            <AnswerChoice isMany label="管哪些社区" selected={communityIds} onChoose={(key) => setCommunities(communities.flatMap(({ communityId }) => ((communityId === key) !== communityIds.includes(communityId) ? [communityId] : [])))} answers={communities.map((one) => ({ key: one.communityId, title: one.name }))} />
            {role === 'careConsultant' && grids.length > 0
              ? (
                <>
                  <Heading level={2} className="section">或者只管哪些网格</Heading>
                  <AnswerChoice isMany label="管哪些网格" selected={gridKeys} onChoose={(key) => setGrids(grids.flatMap((one) => ((one.key === key) !== gridKeys.includes(one.key) ? [one.key] : [])))} answers={grids.map((one) => ({ key: one.key, title: one.name, detail: one.communityName }))} />
                </>
              )
              : null}
          </Box>
        )
        : null}
    </Step>
  )
}
