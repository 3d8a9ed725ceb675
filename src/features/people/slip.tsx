/** What the counter hands over: a slip with the eight digits that claim a record, or the door card. Large on the screen, the same on paper. */
import { BigCode } from '@/components/big-code'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { canPrint, printPage } from '@/services/printing'
import styles from './slip.module.scss'

interface SlipProps {
  title: string
  name: string
  digits: string
  /** what to do with it, one sentence a line */
  lines: readonly string[]
  onBack: () => void
}

export function SlipStep({ title, name, digits, lines, onBack }: SlipProps) {
  return (
    <Step
      title={title} subtitle={`给 ${name}`} onBack={onBack}
      foot={canPrint
        ? <Foot say={`把${title}给${name}。`} other={<Button kind="outline" onPress={onBack}>给好了</Button>} main={<Button icon="file-text" onPress={printPage}>打印</Button>} />
        : <Foot say={`请${name}抄下来，或者拍一张照。`} main={<Button onPress={onBack}>给好了</Button>} />}
    >
      <Box className={styles.slip} spoken={{ role: 'region', label: title }}>
        <Box className={styles.head}>掌上乐龄 · {title}</Box>
        <Box className={styles.name}>{name}</Box>
        <BigCode digits={digits} label={title} />
        <Box className={styles.lines}>{lines.map((line) => <Box key={line}>{line}</Box>)}</Box>
      </Box>
    </Step>
  )
}
