/** 荣誉证书: the place on a list of honours, large on the screen and the same on paper. Whoever left the list has no certificate. */
import Taro from '@tarojs/taro'
import type { OutputOf } from '@/contract'
import { Button } from '@/components/button'
import { Certificate, CertificatePart } from '@/components/certificate'
import { Content, Empty } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { canPrint, printPage } from '@/services/printing'
import { useReadAloud } from '@/services/speech'
import { fullDate } from '@/services/staff-words'
import { useQuery } from '@/services/use-query'
import { isYear, periodWords } from './report-words'

type Honours = OutputOf<'honour.list'>
interface Honoured {
  readonly list: Honours['lists'][number]
  readonly row: Honours['lists'][number]['rows'][number]
}

/** The row with this number: mine, or that of a group I lead. */
const honouredIn = ({ lists }: Honours, number: string): Honoured | undefined =>
  lists.flatMap((list) => list.rows.map((row) => ({ list, row }))).find(({ row }) => row.certificateNumber !== null && row.certificateNumber === number)

const said = ({ list, row }: Honoured, period: string): string =>
  `${row.name}，${row.communityName}，${periodWords(period)}${list.measure} ${row.value} ${list.unit}，获「${list.name}」第 ${row.rank} 名${row.isTie ? '（并列）' : ''}。`

/** `period`: `YYYY-MM` or `YYYY`. */
export function HonourCertificateScreen({ period, number }: { period: string; number: string }) {
  const honours = useQuery('honour.list', isYear(period) ? { year: period } : { month: period })
  const found = honours.output === undefined ? undefined : honouredIn(honours.output, number)
  const read = useReadAloud(found ? said(found, period) : '')
  const aloud = <ReadAloud {...read} />
  return (
    <Screen title="荣誉证书" subtitle={periodWords(period)} foot={found ? canPrint ? <Foot other={aloud} main={<Button icon="file-text" onPress={printPage}>打印</Button>} /> : <Foot say="截图给要看的人，或者请社区打印一张。" main={aloud} /> : undefined}>
      <Content of={honours} shape="detail">
        {(shown) => found
          ? (
            <Certificate title="荣誉证书" number={number} said={said(found, period)} by={shown.subdistrictName} on={shown.composedOn === null ? null : fullDate(shown.composedOn)}>
              <CertificatePart remark="照核实过的记录排出来，每一笔都查得到来处。" />
            </Certificate>
          )
          : <Empty icon="award" title="榜上没有这张证书" next="上了榜的，在光荣榜里点自己的名字就能看到。选了不上榜的，没有证书。" action={{ words: '去光荣榜', onPress: () => { void Taro.redirectTo({ url: '/pages/points/honours/index' }) } }} />}
      </Content>
    </Screen>
  )
}
