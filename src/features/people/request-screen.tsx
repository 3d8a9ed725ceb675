/** A delegation at the counter: the elder is present, identity is checked, and what is given is read out before it is given. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonBar, PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { fullDate, identityChecks, scopesWords, tellApart, type IdentityCheck } from '@/services/staff-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { FindPeople } from './find-people'

type Request = OutputOf<'worker.today'>['requests'][number]

export function RequestScreen({ delegationRequestId }: { delegationRequestId: string }) {
  const today = useQuery('worker.today', {})
  const [decided, setDecided] = useState<string | null>(null)
  const request = today.output?.requests.find((one) => one.delegationRequestId === delegationRequestId)
  if (decided) {
    return (
      <Screen title="代办申请" foot={<Foot main={<Button onPress={goBack}>好的</Button>} />}>
        <Notice isAnnounced title={decided}>老人和家人在手机上都看得到；没有手机的老人，随时可以到窗口来停。</Notice>
      </Screen>
    )
  }
  if (request) return <Deciding request={request} onDecided={setDecided} />
  return (
    <Screen title="代办申请">
      <Content of={today} shape="detail">{() => <Empty icon="users" title="这个申请已经办过了" next="在「今日工作」里看看还有没有别的。" action={{ words: '返回', onPress: goBack }} />}</Content>
    </Screen>
  )
}

interface Elder {
  personId: string
  name: string
  communityName: string
  age: number
}

function Deciding({ request, onDecided }: { request: Request; onDecided: (words: string) => void }) {
  const approve = useAction('delegation.approveAtCounter')
  const refuse = useAction('delegation.refuse')
  const matched = useQuery('person.show', request.elderId === null ? null : { personId: request.elderId })
  const [found, setFound] = useState<Elder | null>(null)
  const [isSearching, setSearching] = useState(false)
  const [isRefusing, setRefusing] = useState(false)
  const [check, setCheck] = useState<IdentityCheck | null>(null)
  const elder: Elder | undefined = isSearching ? undefined : (found ?? matched.output)
  const sentence = elder && check
    ? `${elder.name}在场，${identityChecks.find((one) => one.key === check)?.title ?? ''}，同意${request.kinship}${request.fromName}${scopesWords(request.scopes)}，到 ${fullDate(request.endOn)}。`
    : '要老人本人在场，核对身份，才能办。'
  const read = useReadAloud(sentence)
  return (
    <Screen
      title="代办申请"
      foot={(
        <Foot
          say={sentence}
          problem={approve.problem ? <Problem problem={approve.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              isDisabled={!elder || !check} isBusy={approve.isPending}
              onPress={async () => {
                if (!elder || !check) return
                if (await approve.run({ delegationRequestId: request.delegationRequestId, elderId: elder.personId, identityCheck: check })) onDecided(`办好了，${request.fromName}可以替${elder.name}办事了`)
              }}
            >
              老人同意
            </Button>
          )}
        />
      )}
    >
      <Card label="谁申请">
        <Box className="stack">
          <PersonLine name={request.fromName} title={`${request.fromName}想替${request.elderName}办事`} detail={`说是${request.kinship} · ${momentWords(request.at)}`} />
          <Box>
            <Fact term="想办什么">{scopesWords(request.scopes)}</Fact>
            <Fact term="到什么时候">{fullDate(request.endOn)}</Fact>
          </Box>
        </Box>
      </Card>
      <Heading level={2} className="section">是哪一位老人</Heading>
      {elder
        ? <PersonBar name={elder.name} words={tellApart(elder)} onChange={() => { approve.clear(); setFound(null); setSearching(true) }} />
        : request.elderId !== null && !isSearching
          ? <Content of={matched} shape="detail">{() => null}</Content>
          : <FindPeople label="老人的姓名" name={request.elderName} onChoose={(person) => { setFound(person); setSearching(false) }} />}
      {elder ? <Heading level={2} className="section">怎么核对的身份</Heading> : null}
      {elder ? <AnswerChoice label="怎么核对的身份" selected={check ? [check] : []} onChoose={(key) => setCheck(identityChecks.find((one) => one.key === key)?.key ?? null)} answers={identityChecks} /> : null}
      {isRefusing
        ? (
          <ConfirmSheet
            question={`不同意${request.fromName}替${request.elderName}办事？`} yes="不同意" isDangerous isBusy={refuse.isPending} onNo={() => setRefusing(false)}
            onYes={async () => { if (await refuse.run({ delegationRequestId: request.delegationRequestId })) onDecided('记下了，没有同意') }}
          >
            {refuse.problem ? <Problem problem={refuse.problem} /> : null}
          </ConfirmSheet>
        )
        : <Button kind="quiet" onPress={() => setRefusing(true)}>老人不同意，或对不上</Button>}
    </Screen>
  )
}
