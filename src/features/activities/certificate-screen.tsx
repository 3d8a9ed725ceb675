/** 结业证书 of a class: from the records of arriving alone; large on the screen, the same on paper. */
import type { OutputOf } from '@/contract'
import { Button } from '@/components/button'
import { Certificate, CertificatePart } from '@/components/certificate'
import { Content } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { civilDate, spokenDay } from '@/domain/civil-time'
import { canPrint, printPage } from '@/services/printing'
import { useReadAloud } from '@/services/speech'
import { fullDate } from '@/services/staff-words'
import { useQuery } from '@/services/use-query'
import { minutesWords } from '@/services/volunteer-words'

type Certified = OutputOf<'activity.certificate'>

const said = (shown: Certified): string =>
  `${shown.name}，${shown.communityName}社区居民，参加「${shown.title}」，${shown.sessions} 课到了 ${shown.attended.length} 课，共 ${minutesWords(shown.minutes)}，达到结业要求（${shown.needed} 课），准予结业。`

export function CertificateScreen({ bookingId }: { bookingId: string }) {
  const certificate = useQuery('activity.certificate', { bookingId })
  const { output } = certificate
  const read = useReadAloud(output ? said(output) : '')
  const aloud = <ReadAloud {...read} />
  return (
    <Screen title="结业证书" subtitle={output?.title} foot={output === undefined ? undefined : canPrint ? <Foot other={aloud} main={<Button icon="file-text" onPress={printPage}>打印</Button>} /> : <Foot say="截图给要看的人，或者请社区打印一张。" main={aloud} />}>
      <Content of={certificate} shape="detail">
        {(shown) => (
          <Certificate title="结业证书" number={shown.number} said={said(shown)} by={shown.subdistrictName} on={fullDate(shown.issuedOn)}>
            <CertificatePart
              title="到过的课"
              lines={shown.attended.map((one) => ({ key: one.n, words: `第 ${one.n} 课 ${spokenDay(civilDate(one.at))}`, count: one.proof === 'rollCall' ? '点名' : '签到' }))}
              remark={`到课由${shown.verifiedByName}核实。`}
            />
          </Certificate>
        )}
      </Content>
    </Screen>
  )
}
