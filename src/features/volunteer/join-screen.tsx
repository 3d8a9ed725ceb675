/** 做志愿者: what one can do, in which communities, and the promise, read aloud before it is given. The same screen changes it later. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { accountSeen, noteAccount, rolesSeen } from '@/services/cache'
import { useReadAloud } from '@/services/speech'
import { workPaths } from '@/services/tabs'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { PROMISE, skillChoices, skillWords, type Skill } from '@/services/volunteer-words'

type Me = OutputOf<'volunteer.me'>

/** The tab bar knows at once what was just begun or ended. */
function noteRoles(change: (roles: readonly string[]) => readonly string[]): void {
  const personId = accountSeen()
  if (personId !== undefined) noteAccount(personId, change(rolesSeen()))
}

const toggled = <T,>(chosen: readonly T[], one: T): T[] => (chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])

export function JoinScreen() {
  const me = useQuery('volunteer.me', {})
  if (me.output?.isVerified === true) return <JoinForm me={me.output} onChanged={me.reload} />
  return (
    <Screen title="做志愿者">
      <Content of={me} shape="detail">
        {(shown) => (
          <>
            <TheirPromise />
            <Notice tone="gold" icon="badge-check" title="还要见一面">做志愿者要进老人的家，所以先请社工见一见您：带上身份证到{shown.communityName}社区，几分钟就好。</Notice>
          </>
        )}
      </Content>
    </Screen>
  )
}

function TheirPromise() {
  return (
    <Card label="志愿者的约定">
      <Box className="stack-tight">
        <Heading level={2} className="lead">志愿者的约定</Heading>
        {PROMISE.map((line, index) => <Box key={line} className="body">{index + 1}. {line}</Box>)}
      </Box>
    </Card>
  )
}

function JoinForm({ me, onChanged }: { me: Me; onChanged: () => void }) {
  const join = useAction('volunteer.join')
  const [skills, setSkills] = useState<readonly Skill[]>(me.skills)
  const [communityIds, setCommunities] = useState<readonly string[]>(() => (me.communityIds.length > 0 ? me.communityIds : me.choices.filter((one) => one.name === me.communityName).map((one) => one.communityId)))
  const [promised, setPromised] = useState(me.isVolunteer)
  const [isSaved, setSaved] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const where = me.choices.filter((one) => communityIds.includes(one.communityId)).map((one) => one.name).join('、')
  const can = skills.length === 0 ? '什么活都可以学着做' : `会${skills.map(skillWords).join('、')}`
  const sentence = where === '' ? '您愿意去哪个社区？请选一个。' : `${me.name}，${can}，愿意去${where}。`
  const read = useReadAloud(me.isVolunteer ? sentence : `${sentence}${promised ? '' : `志愿者的约定：${PROMISE.join('')}`}`)
  const change = <T,>(set: (value: T) => void) => (value: T) => { join.clear(); setSaved(false); set(value) }

  const save = async () => {
    if (!(await join.run({ skills: [...skills], communityIds: [...communityIds] }))) return
    noteRoles((roles) => [...roles.filter((role) => role !== 'volunteer'), 'volunteer'])
    if (me.isVolunteer) { setSaved(true); onChanged() } else void Taro.reLaunch({ url: workPaths.volunteer })
  }
  return (
    <Screen
      title={me.isVolunteer ? '我会什么，去哪里' : '做志愿者'}
      foot={isLeaving ? undefined : (
        <Foot
          say={sentence} problem={join.problem ? <Problem problem={join.problem} /> : null} other={<ReadAloud {...read} />}
          main={<Button isDisabled={communityIds.length === 0 || !promised} isBusy={join.isPending} onPress={save}>{me.isVolunteer ? '改好' : '做志愿者'}</Button>}
        />
      )}
    >
      {isSaved ? <Notice isAnnounced title="改好了">看得到的任务，会跟着变。</Notice> : null}
      {me.isVolunteer ? null : <Box className="body">出一份力，帮一帮邻居。做了的时间会记下来，社工核实以后给积分，换东西、换服务、给家里老人用都可以。</Box>}
      <Heading level={2} className="section">我会什么（可以不选）</Heading>
      <AnswerChoice isMany label="我会什么" selected={skills} answers={skillChoices} onChoose={(key) => { const skill = skillChoices.find((one) => one.key === key)?.key; if (skill) change(setSkills)(toggled(skills, skill)) }} />
      <Heading level={2} className="section">我愿意去的社区</Heading>
      <AnswerChoice isMany label="我愿意去的社区" selected={communityIds} answers={me.choices.map((one) => ({ key: one.communityId, title: one.name, ...(one.name === me.communityName ? { detail: '您住在这里' } : {}) }))} onChoose={(key) => change(setCommunities)(toggled(communityIds, key))} />
      <TheirPromise />
      {me.isVolunteer ? null : <AnswerChoice isMany label="约定" selected={promised ? ['promised'] : []} answers={[{ key: 'promised', title: '我看过了，愿意这样做' }]} onChoose={() => setPromised(!promised)} />}
      {me.isVolunteer ? isLeaving ? <LeaveSheet onNo={() => setLeaving(false)} /> : <Button kind="quiet" onPress={() => { setSaved(false); setLeaving(true) }}>不做志愿者了</Button> : null}
    </Screen>
  )
}

function LeaveSheet({ onNo }: { onNo: () => void }) {
  const leave = useAction('volunteer.leave')
  return (
    <ConfirmSheet
      question="不做志愿者了？做过的班、得到的积分都还在，想回来随时可以。" yes="不做了" isDangerous isBusy={leave.isPending} onNo={onNo}
      onYes={async () => {
        if (!(await leave.run({}))) return
        noteRoles((roles) => roles.filter((role) => role !== 'volunteer'))
        void Taro.reLaunch({ url: '/pages/me/index' })
      }}
    >
      {leave.problem ? <Problem problem={leave.problem} /> : null}
    </ConfirmSheet>
  )
}
