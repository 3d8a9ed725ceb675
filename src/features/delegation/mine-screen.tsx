/** 家人: whom I act for, what I have asked, and the two ways on: to ask, and to see who may act for me. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { ElderChoice } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useReadAloud } from '@/services/speech'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { scopesWords, untilWords } from './scope-words'

const open = (url: string) => { void Taro.navigateTo({ url }) }
/** An elder may answer any moment, ms. */
const LOOK_AGAIN_MS = 6_000

export function MineScreen() {
  const mine = useQuery('delegation.mine', {}, { pollMs: LOOK_AGAIN_MS })
  const [ended, setEnded] = useState<string | null>(null)
  return (
    <Screen title="家人" foot={<Foot main={<Button icon="plus" onPress={() => open('/pages/family/ask/index')}>想替老人办事</Button>} />}>
      {ended ? <Notice title={`不再替${ended}办事了`} isAnnounced /> : null}
      <Content of={mine}>
        {({ elders, requests }) => {
          const waiting = requests.filter((request) => request.status !== 'approved')
          return (
            <>
              <Card><Rows><Row icon="users" title="谁能替我办事" detail="看一看、同意、停掉" onPress={() => open('/pages/family/of-me/index')} /></Rows></Card>
              <Heading level={2} className="section">我替谁办</Heading>
              {elders.filter((elder) => !elder.isMe).map((elder) => <Elder key={elder.personId} elder={elder} onEnded={() => { setEnded(elder.name); mine.reload() }} />)}
              {waiting.map((request) => (
                <Card key={request.delegationRequestId}>
                  <Box className="between">
                    <Box className="lead">{request.elderName}</Box>
                    {request.status === 'waiting' ? <Tag tone="gold">等老人同意</Tag> : <Tag tone="plain">没有同意</Tag>}
                  </Box>
                  <Box className="small">{momentWords(request.at)} 以{request.kinship}的身份请的</Box>
                </Card>
              ))}
              {elders.every((elder) => elder.isMe) && waiting.length === 0 ? <Empty icon="users" title="还没有替谁办事" next="请老人在手机上同意，就能替他约服务、看经过。" /> : null}
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

function Elder({ elder, onEnded }: { elder: ElderChoice; onEnded: () => void }) {
  const end = useAction('delegation.end')
  const me = useMyId()
  const [isAsking, setAsking] = useState(false)
  const question = `不再替${elder.name}办事？约好的服务照旧。`
  const read = useReadAloud(question)
  return (
    <Card>
      <Box className="stack">
        <PersonLine name={elder.name} title={elder.name} detail={`${elder.communityName} · 您是${elder.kinship ?? '家人'}`} />
        <Box className="body">{scopesWords(elder.scopes)}</Box>
        {elder.endOn ? <Box className="small">到{untilWords(elder.endOn)}为止</Box> : null}
        {isAsking
          ? (
            <ConfirmSheet question={question} yes="不再代办" isBesides isBusy={end.isPending} isDisabled={me === undefined} onNo={() => setAsking(false)} onYes={async () => { if (me && await end.run({ elderId: elder.personId, personId: me })) onEnded() }}>
              {end.problem ? <Problem problem={end.problem} /> : null}
              <ReadAloud {...read} />
            </ConfirmSheet>
          )
          : <Button kind="outline" onPress={() => setAsking(true)}>不再替{elder.name}办</Button>}
      </Box>
    </Card>
  )
}
