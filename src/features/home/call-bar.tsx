/**
 * 一键呼叫, in reach on every first screen: above the tabs at every text size, where it covers nothing, and there also when
 * nothing could be fetched.
 */
import type { ReactNode } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { useTextSize } from '@/components/text-size'
import styles from './call-bar.module.scss'

/** `children`: the tabs below it. */
export function CallBar({ words, onCall, children }: { words: string; onCall: () => void; children: ReactNode }) {
  const { size } = useTextSize()
  return (
    <Box className={styles.bar}>
      <Box className={styles.call}><Button kind="danger" {...(size === 30 ? {} : { icon: 'phone-call' })} onPress={onCall}>{words}</Button></Box>
      {children}
    </Box>
  )
}
