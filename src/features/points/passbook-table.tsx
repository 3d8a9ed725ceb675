/** The page of a passbook as paper has it: date, reason, in and out, balance. A line opens what stands behind it. */
import Taro from '@tarojs/taro'
import { Box, Words } from '@/components/box'
import { Pressable } from '@/components/pressable'
import { changeWords, pointsWords } from '@/services/points-words'
import { lineDetail, lineTitle, shortDay, type Line } from './line-words'
import styles from './passbook.module.scss'

const toneOf = (change: number): string | undefined => (change > 0 ? styles.plus : change < 0 ? styles.minus : styles.still)

/** `ownerId`: whose it is; `today`: lines of other years say theirs. */
export function PassbookTable({ lines, ownerId, today }: { lines: readonly Line[]; ownerId: string; today: string }) {
  return (
    <Box className={styles.book} spoken={{ role: 'group', label: '存折' }}>
      <Box className={styles.head} spoken={{ isHidden: true }}>
        <Words className={styles.day}>日期</Words>
        <Words className={styles.reason}>事由</Words>
        <Words className={styles.change}>收支</Words>
        <Words className={styles.balance}>余额</Words>
      </Box>
      {lines.map((line, index) => {
        const year = line.onDate.slice(0, 4)
        const isFirstOfYear = year !== (lines[index - 1]?.onDate ?? today).slice(0, 4)
        const detail = lineDetail(line)
        return (
          <Box key={line.entryId}>
            {isFirstOfYear ? <Box className={styles.year}>{year} 年</Box> : null}
            <Pressable role="link" className={styles.line} onPress={() => { void Taro.navigateTo({ url: `/pages/points/entry/index?entryId=${line.entryId}&personId=${ownerId}` }) }}>
              <Words className={styles.day}>{shortDay(line.onDate)}</Words>
              <Box className={styles.reason}>
                <Box className={styles.words}>{lineTitle(line)}</Box>
                {detail ? <Box className={styles.detail}>{detail}</Box> : null}
              </Box>
              <Words className={`${styles.change ?? ''} ${toneOf(line.change) ?? ''}`}>{line.change === 0 ? '不变' : changeWords(line.change)}</Words>
              <Words className={styles.balance}><Words className={styles.balanceWord}>余额 </Words>{pointsWords(line.balance)}</Words>
            </Pressable>
          </Box>
        )
      })}
    </Box>
  )
}
