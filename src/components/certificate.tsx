/** A certificate 证书: large on the screen, the same on paper, and nothing else on it. */
import type { ReactNode } from 'react'
import { Box } from './box'
import styles from './certificate.module.scss'

interface CertificateProps {
  title: string
  number: string
  /** what is certified, as it is read aloud */
  said: string
  by: string
  /** the day, in words; null where there is none */
  on: string | null
  /** {@link CertificatePart}s */
  children?: ReactNode
}

export function Certificate({ title, number, said, by, on, children }: CertificateProps) {
  return (
    <Box className={styles.paper} spoken={{ role: 'region', label: title }}>
      <Box className={styles.head}>{title}</Box>
      <Box className={styles.number}>编号 {number}</Box>
      <Box className={styles.said}>{said}</Box>
      <Box className={styles.sign}>
        <Box>{by}</Box>
        {on === null ? null : <Box>{on}</Box>}
      </Box>
      {children}
    </Box>
  )
}

export interface CertificateLine {
  readonly key: string | number
  readonly words: string
  readonly more?: string
  readonly count: string
}

/** What the certificate stands on: lines under a title, and a closing remark. */
export function CertificatePart({ title, lines = [], remark }: { title?: string; lines?: readonly CertificateLine[]; remark?: string | null }) {
  return (
    <Box className={styles.part}>
      {title === undefined ? null : <Box className={styles.partTitle}>{title}</Box>}
      {lines.map(({ key, words, more, count }) => (
        <Box key={key} className={styles.row}>
          <Box className={styles.words}><Box>{words}</Box>{more === undefined ? null : <Box className={styles.more}>{more}</Box>}</Box>
          <Box className={styles.count}>{count}</Box>
        </Box>
      ))}
      {remark === undefined || remark === null ? null : <Box className={styles.more}>{remark}</Box>}
    </Box>
  )
}
