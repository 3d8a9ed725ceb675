/** 读一遍: reads a sentence aloud, or stops. Where the phone cannot speak, the sentence appears large instead. */
import { Box } from './box'
import { Button } from './button'
import styles from './read-aloud.module.scss'

export interface ReadAloudProps {
  isReading: boolean
  onPress: () => void
  /** the sentence, when the phone could not speak it */
  shownInstead?: string | undefined
  words?: string
}

export function ReadAloud({ isReading, onPress, shownInstead, words = '读一遍' }: ReadAloudProps) {
  return (
    <Box>
      <Button kind="outline" icon={isReading ? 'circle-pause' : 'volume-2'} onPress={onPress}>{isReading ? '停' : words}</Button>
      {shownInstead ? <Box className={styles.shown} spoken={{ role: 'status', live: 'polite' }}>这部手机读不出声，请看这里：{shownInstead}</Box> : null}
    </Box>
  )
}
