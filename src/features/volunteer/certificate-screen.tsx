/** 服务证明: what a volunteer did in a year, from verified shifts alone; large on the screen, the same on paper. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Certificate, CertificatePart } from '@/components/certificate'
import { Content, Empty } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { civilDate, spokenDay } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { canPrint, printPage } from '@/services/printing'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { fullDate } from '@/services/staff-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { minutesWords } from '@/services/volunteer-words'

type Certified = OutputOf<'volunteer.certificate'>

/** The first year that a certificate is asked for. */
const FIRST_YEAR = 2020
const said = (shown: Certified): string =>
  `${shown.name}，${shown.communityName}社区居民，${shown.year} 年参加志愿服务 ${shown.shifts} 次，共 ${minutesWords(shown.minutes)}，得到 ${pointsWords(shown.points)} 积分。每一次都有签到签退、对方确认和社工核实。`

export function CertificateScreen({ year: given }: { year: string }) {
  useStaff()
  const thisYear = Number(civilDate(useServerNow()).slice(0, 4))
  const [year, setYear] = useState(() => { const asked = Number(given); return Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= thisYear ? asked : thisYear })
  const certificate = useQuery('volunteer.certificate', { year })
  const { output } = certificate
  const read = useReadAloud(output ? said(output) : '')
  const aloud = <ReadAloud {...read} />
  return (
    <Screen title="服务证明" subtitle={`${year} 年`} foot={output && output.shifts > 0 ? canPrint ? <Foot other={aloud} main={<Button icon="file-text" onPress={printPage}>打印</Button>} /> : <Foot say="截图给要看的人，或者请社区打印一张。" main={aloud} /> : undefined}>
      <Box className="pair">
        <Button kind="outline" isDisabled={year <= FIRST_YEAR} onPress={() => setYear(year - 1)}>{year - 1} 年</Button>
        <Button kind="outline" isDisabled={year >= thisYear} onPress={() => setYear(year + 1)}>{year + 1} 年</Button>
      </Box>
      <Content of={certificate} shape="detail">
        {(shown) => shown.shifts === 0 ? <Empty icon="badge-check" title={`${year} 年还没有核实过的服务`} next="做完、确认、社工核实以后，就算在证明里。" /> : <Paper shown={shown} />}
      </Content>
    </Screen>
  )
}

function Paper({ shown }: { shown: Certified }) {
  return (
    <Certificate title="志愿服务证明" number={shown.number} said={said(shown)} by={shown.subdistrictName} on={fullDate(shown.issuedOn)}>
      <CertificatePart title="每个月" lines={shown.months.filter((month) => month.shifts > 0).map((month) => ({ key: month.month, words: `${Number(month.month.slice(5, 7))} 月`, count: `${month.shifts} 次 · ${minutesWords(month.minutes)}` }))} />
      <CertificatePart
        title="每一次"
        lines={shown.items.map((item) => ({ key: item.shiftId, words: `${spokenDay(item.onDate)} ${item.title}`, more: item.communityName, count: minutesWords(item.minutes) }))}
        remark={shown.more > 0 ? `还有 ${shown.more} 次没有列出，都算在总数里。` : null}
      />
    </Certificate>
  )
}
