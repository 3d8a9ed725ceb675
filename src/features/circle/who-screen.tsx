/** 一键找人: who is on duty for this home; one tap telephones the station while it is open, else the subdistrict's duty telephone. */
import type { ReactNode } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { PersonChooser } from '@/components/person-chooser'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { dial } from '@/services/device'
import { asOption, useForWhom } from '@/services/for-whom'
import { hoursWords } from '@/services/place-words'
import { useReadAloud } from '@/services/speech'
import { useQuery } from '@/services/use-query'

type Who = OutputOf<'circle.who'>

/** Where to telephone now. */
function lineOf({ station, dutyPhone }: Who): { phone: string; whose: string } {
  return station?.phone && station.openUntil !== null ? { phone: station.phone, whose: '社区站' } : { phone: dutyPhone, whose: '街道值班' }
}

const said = (who: Who): string => {
  const names = who.people.map(({ name }) => name)
  const [first, ...others] = names
  return `${who.communityName}${who.gridName ?? ''}，${first === undefined ? '还没有排值班的人' : `先找${first}${others.length > 0 ? `，再找${others.join('、')}` : ''}`}。现在打${lineOf(who).whose}的电话。`
}

export function WhoScreen() {
  const { home, elder, elders, choose } = useForWhom()
  return elder ? <Who elderId={elder.personId} chooser={<PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} />} /> : <Screen title="一键找人"><Content of={home}>{() => null}</Content></Screen>
}

function Who({ elderId, chooser }: { elderId: string; chooser: ReactNode }) {
  const who = useQuery('circle.who', { elderId })
  const { output } = who
  const read = useReadAloud(output ? said(output) : '')
  const line = output && lineOf(output)
  const [first] = output?.people ?? []
  return (
    <Screen title="一键找人" subtitle={output?.communityName} foot={line?.phone ? <Foot say={output ? said(output) : ''} other={<ReadAloud {...read} />} main={<Button icon="phone-call" label={`${first ? `打电话找${first.name}` : '打电话'}，${line.phone}`} onPress={() => dial(line.phone)}>{first ? `打电话找${first.name}` : '打电话'}</Button>} /> : undefined}>
      {chooser}
      <Content of={who} shape="detail">
        {(shown) => (
          <>
            <Card>
              <Box className="stack">
                <Heading level={2} className="lead">{shown.isMe ? '您' : shown.elderName}家归{shown.communityName}{shown.gridName ?? ''}管</Heading>
                {shown.people.map((person, index) => <PersonLine key={person.name} name={person.name} title={person.name} detail={index === 0 ? (shown.gridName ? '网格值班，先找这位' : '社区值班，先找这位') : '要是不在，再找这位'} />)}
                {shown.people.length === 0 ? <Box className="body">还没有排值班的人，打电话给社区也一样。</Box> : null}
              </Box>
            </Card>
            {shown.station
              ? (
                <Card>
                  <Box className="stack">
                    <Heading level={2} className="lead">{shown.station.name}</Heading>
                    <Fact term="在哪里">{shown.station.address}</Fact>
                    <Fact term="几点有人">{hoursWords(shown.station.hours)}</Fact>
                    {shown.station.openUntil ? <Box className="body">现在有人，到 {shown.station.openUntil}。</Box> : <Box className="body">现在没有人，电话打到街道值班。</Box>}
                  </Box>
                </Card>
              )
              : null}
            <Notice icon="phone-call" title="着急的事">请回首页，点最下面的「一键呼叫」。</Notice>
          </>
        )}
      </Content>
    </Screen>
  )
}
