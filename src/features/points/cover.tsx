/** The cover of the passbook: what can be spent, what is frozen, what will run out. */
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Notice } from '@/components/notice'
import { spokenDay } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import styles from './passbook.module.scss'

export type CoverOf = OutputOf<'points.mine'>

/** The last day on which they count: 年底到期, 6月30日到期. */
const expiryWords = (onDate: string): string => (onDate.slice(5) === '12-31' ? '年底到期' : `${spokenDay(onDate)}到期`)

export function Cover({ cover }: { cover: CoverOf }) {
  const more = [
    ...(cover.held > 0 ? [`冻结 ${pointsWords(cover.held)}`] : []),
    ...(cover.pending > 0 ? [`等批 ${pointsWords(cover.pending)}`] : []),
    ...(cover.expiring ? [`${expiryWords(cover.expiring.onDate)} ${pointsWords(cover.expiring.amount)}`] : []),
  ]
  return (
    <>
      <Box className={styles.hero} spoken={{ role: 'group', label: `${cover.isMe ? '可用积分' : `${cover.name}的可用积分`} ${pointsWords(cover.spendable)}${more.map((words) => `，${words}`).join('')}` }}>
        <Box className={styles.coverLine}>
          <Box>
            <Box className={styles.coverWords}>{cover.isMe ? '可用积分' : `${cover.name}的可用积分`}</Box>
            <Box className={styles.coverNumber}>{pointsWords(cover.spendable)}</Box>
          </Box>
          {more.length > 0 ? <Box className={styles.coverMore}>{more.map((words) => <Box key={words}>{words}</Box>)}</Box> : null}
        </Box>
      </Box>
      {cover.maySpend ? null : <Notice tone="gold" icon="badge-check" title="积分照常攒着，还不能用">社工见过面以后才能换、才能转：带上身份证到{cover.communityName}社区，几分钟就好。</Notice>}
    </>
  )
}
