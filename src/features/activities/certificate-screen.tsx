/** 结业证书 of a class: from the records of arriving alone; large on the screen, the same on paper. */
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Content } from '@/components/content'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { civilDate, spokenDay } from '@/domain/civil-time'
import { canPrint, printPage } from '@/services/printing'
import { useReadAloud } from '@/services/speech'
import { fullDate } from '@/services/staff-words'
import { useQuery } from '@/services/use-query'
import { minutesWords } from '@/services/volunteer-words'
import styles from './certificate.module.scss'

type Certificate = OutputOf<'activity.certificate'>

const said = (shown: Certificate): string =>
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
          <Box className={styles.paper} spoken={{ role: 'region', label: '结业证书' }}>
            <Box className={styles.head}>结业证书</Box>
            <Box className={styles.number}>编号 {shown.number}</Box>
            <Box className={styles.said}>{said(shown)}</Box>
            <Box className={styles.sign}>
              <Box>{shown.subdistrictName}</Box>
              <Box>{fullDate(shown.issuedOn)}</Box>
            </Box>
            <Box className={styles.part}>
              <Box className={styles.partTitle}>到过的课</Box>
              {shown.attended.map((one) => <Box key={one.n} className={styles.row}><Box className={styles.words}>第 {one.n} 课 {spokenDay(civilDate(one.at))}</Box><Box className={styles.count}>{one.proof === 'rollCall' ? '点名' : '签到'}</Box></Box>)}
              <Box className={styles.more}>到课由{shown.verifiedByName}核实。</Box>
            </Box>
          </Box>
        )}
      </Content>
    </Screen>
  )
}
