/** 积分规则: every version and from when it holds; a new one is proposed by one administrator and decided by another. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { NewPolicyStep } from './new-policy-step'
import { PreviewCard } from './preview-card'
import { fromWords, proposalWords, stateWords, type Policy, type Proposal } from './policy-words'
import { TermsFacts } from './terms-facts'

const LOOK_AGAIN_MS = 10_000
const SHOWN = 3

export function PointsPolicyScreen() {
  const policies = useQuery('pointsPolicy.list', {}, { pollMs: LOOK_AGAIN_MS })
  const [isMaking, setMaking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = policies
  const done = (words: string) => { setMaking(false); setAnswered(words); policies.reload() }
  if (isMaking && output) {
    return <NewPolicyStep basis={output.policies[0] ?? null} services={output.services} onBack={() => setMaking(false)} onDone={(validFrom) => done(`提出来了，等另一位管理员定。同意的话，${fromWords(validFrom)}做的按新的算。`)} />
  }
  const waiting = output?.proposals.filter((one) => one.status === 'waiting') ?? []
  const over = output?.proposals.filter((one) => one.status === 'refused' || one.status === 'withdrawn') ?? []
  return (
    <Screen title="积分规则" subtitle="示例" foot={<Foot main={<Button isDisabled={output === undefined} icon="pencil" onPress={() => { setAnswered(null); setMaking(true) }}>提一版新的</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={policies}>
        {(shown) => (
          <>
            {waiting.length > 0 ? <Heading level={2} className="section">等第二个人定</Heading> : null}
            {waiting.map((proposal) => <WaitingCard key={proposal.proposalId} proposal={proposal} onDone={done} />)}
            {waiting.length > 0 ? <Heading level={2} className="section">定下来的</Heading> : null}
            {shown.policies.length === 0
              ? <Empty icon="clipboard-list" title="还没有积分规则" next="没有规则，做了服务也没有积分。在下面提一版，写明从哪天起。" />
              : <Parts rows={shown.policies} size={SHOWN} of="积分规则">{(rows) => rows.map((policy) => <PolicyCard key={policy.version} policy={policy} />)}</Parts>}
            {over.length > 0 ? <Heading level={2} className="section">没有用上的</Heading> : null}
            <Parts rows={over} size={SHOWN} of="没有用上的">
              {(rows) => rows.map((proposal) => (
                <Card key={proposal.proposalId} label={`${fromWords(proposal.validFrom)}，${proposalWords[proposal.status].words}`}>
                  <Box className="between"><Box className="lead">{fromWords(proposal.validFrom)}</Box><Tag tone={proposalWords[proposal.status].tone}>{proposalWords[proposal.status].words}</Tag></Box>
                  <Fact term="谁提的">{proposal.proposedByName}，{momentWords(proposal.proposedAt)}</Fact>
                  {proposal.decidedByName && proposal.decidedAt !== null ? <Fact term="谁定的">{proposal.decidedByName}，{momentWords(proposal.decidedAt)}</Fact> : null}
                  {proposal.reason ? <Fact term="原因">{proposal.reason}</Fact> : null}
                </Card>
              ))}
            </Parts>
          </>
        )}
      </Content>
    </Screen>
  )
}

function PolicyCard({ policy }: { policy: Policy }) {
  const state = stateWords[policy.state]
  return (
    <Card tone={policy.state === 'now' ? 'willow' : 'plain'} label={`第 ${policy.version} 版，${state.words}`}>
      <Box className="stack">
        <Box className="between">
          <Heading level={2} className="lead">{fromWords(policy.validFrom)}</Heading>
          <Tag tone={state.tone}>{state.words}</Tag>
        </Box>
        <TermsFacts terms={policy} />
        <Box className="small">第 {policy.version} 版，{policy.proposedByName}提的，{policy.decidedByName} {momentWords(policy.decidedAt)} 定的</Box>
      </Box>
    </Card>
  )
}

/** A proposal that waits: its author may take it back, another administrator decides, with last month before their eyes. */
function WaitingCard({ proposal, onDone }: { proposal: Proposal; onDone: (words: string) => void }) {
  const decide = useAction('pointsPolicy.decide')
  const withdraw = useAction('pointsPolicy.withdraw')
  const [asking, setAsking] = useState<'approve' | 'refuse' | 'withdraw' | null>(null)
  const [isLooking, setLooking] = useState(false)
  const { validFrom, rates, caps, leastMinutes, mostMinutes, giftMonthLimit, byHandLimit, collectDays, expireAfterMonths, announceDays, balanceCap } = proposal
  const terms = { validFrom, rates: rates.map(({ source, earner, serviceItemId, per, points }) => ({ source, earner, serviceItemId, per, points })), caps, leastMinutes, mostMinutes, giftMonthLimit, byHandLimit, collectDays, expireAfterMonths, announceDays, balanceCap }
  const preview = useQuery('pointsPolicy.preview', isLooking ? terms : null)
  const no = () => { decide.clear(); withdraw.clear(); setAsking(null) }
  return (
    <Card tone="gold" label={`${fromWords(validFrom)}，等第二个人定`}>
      <Box className="stack">
        <Box className="between">
          <Heading level={3} className="lead">{fromWords(validFrom)}</Heading>
          <Tag tone="gold">等第二个人定</Tag>
        </Box>
        <TermsFacts terms={proposal} />
        <Box className="small">{proposal.byMe ? '您' : proposal.proposedByName} {momentWords(proposal.proposedAt)} 提的</Box>
        {isLooking ? <Content of={preview} shape="detail">{(shown) => <PreviewCard preview={shown} />}</Content> : <Button kind="outline" label={`要是上个月就这样，${fromWords(validFrom)}`} onPress={() => setLooking(true)}>要是上个月就这样</Button>}
        {asking === 'approve'
          ? (
            <ConfirmSheet question={`${fromWords(validFrom)}按这一版算？做过的不变。`} yes="同意" isAside isBusy={decide.isPending} onNo={no} onYes={async () => { const done = await decide.run({ proposalId: proposal.proposalId, isApproved: true }); if (done) onDone(`定下来了，${fromWords(validFrom)}按新的算`) }}>
              {decide.problem ? <Problem problem={decide.problem} /> : null}
            </ConfirmSheet>
          )
          : asking === 'refuse'
            ? <ReasonSheet question={`不同意${proposal.proposedByName}提的这一版？`} yes="不同意" isBesides maxLength={200} hint={`${proposal.proposedByName}看得到这句话`} isBusy={decide.isPending} problem={decide.problem} onNo={no} onYes={async (reason) => { if (await decide.run({ proposalId: proposal.proposalId, isApproved: false, reason })) onDone('记下了，没有同意') }} />
            : asking === 'withdraw'
              ? (
                <ConfirmSheet question="撤回您提的这一版？" yes="撤回" isBesides isBusy={withdraw.isPending} onNo={no} onYes={async () => { if (await withdraw.run({ proposalId: proposal.proposalId })) onDone('撤回了') }}>
                  {withdraw.problem ? <Problem problem={withdraw.problem} /> : null}
                </ConfirmSheet>
              )
              : proposal.byMe
                ? (
                  <Box className="stack">
                    <Box className="small">您提的，要请另一位管理员来定。</Box>
                    <Button kind="outline" label={`撤回，${fromWords(validFrom)}`} onPress={() => setAsking('withdraw')}>撤回</Button>
                  </Box>
                )
                : (
                  <Box className="pair">
                    <Button kind="outline" label={`不同意，${fromWords(validFrom)}`} onPress={() => setAsking('refuse')}>不同意</Button>
                    <Button kind="outline" label={`同意，${fromWords(validFrom)}`} onPress={() => setAsking('approve')}>同意</Button>
                  </Box>
                )}
      </Box>
    </Card>
  )
}
