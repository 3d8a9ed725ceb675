/** 服务证明: what a volunteer did in a year, from verified shifts alone; large on the screen, the same on paper. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
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
import styles from './certificate.module.scss'

type Certificate = OutputOf<'volunteer.certificate'>

/** The first year that a certificate is asked for. */
const FIRST_YEAR = 2020
const said = (shown: Certificate): string =>
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

function Paper({ shown }: { shown: Certificate }) {
  return (
    <Box className={styles.paper} spoken={{ role: 'region', label: '志愿服务证明' }}>
      <Box className={styles.head}>志愿服务证明</Box>
      <Box className={styles.number}>编号 {shown.number}</Box>
      <Box className={styles.said}>{said(shown)}</Box>
      <Box className={styles.sign}>
        <Box>{shown.subdistrictName}</Box>
        <Box>{fullDate(shown.issuedOn)}</Box>
      </Box>
      <Box className={styles.part}>
        <Box className={styles.partTitle}>每个月</Box>
        {shown.months.filter((month) => month.shifts > 0).map((month) => <Box key={month.month} className={styles.row}><Box className={styles.words}>{Number(month.month.slice(5, 7))} 月</Box><Box className={styles.count}>{month.shifts} 次 · {minutesWords(month.minutes)}</Box></Box>)}
      </Box>
      <Box className={styles.part}>
        <Box className={styles.partTitle}>每一次</Box>
        {shown.items.map((item) => (
          <Box key={item.shiftId} className={styles.row}>
            <Box className={styles.words}><Box>{spokenDay(item.onDate)} {item.title}</Box><Box className={styles.more}>{item.communityName}</Box></Box>
            <Box className={styles.count}>{minutesWords(item.minutes)}</Box>
          </Box>
        ))}
        {shown.more > 0 ? <Box className={styles.more}>还有 {shown.more} 次没有列出，都算在总数里。</Box> : null}
      </Box>
    </Box>
  )
}
