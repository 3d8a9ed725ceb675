/** How many, how it comes and how it is paid: three lines as last time, each opened only when somebody wants it otherwise. */
import { useState, type ReactNode } from 'react'
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Row } from '@/components/row'
import { Stepper } from '@/components/stepper'
import { MOST_PORTIONS } from '@/domain/meal-policy'
import { paymentWords } from '@/services/meal-words'
import type { Payment, WayOption } from './menu'
import styles from './meals.module.scss'

interface HowItComesProps {
  portions: number
  /** portions that can be had of the dish */
  most: number
  onPortions: (portions: number) => void
  way: WayOption
  ways: readonly WayOption[]
  onWay: (key: string) => void
  /** absent: how it is paid stays as it was */
  payment?: { how: Payment; onChoose: (how: Payment) => void; isFree: boolean } | undefined
}

const payments: readonly { key: Payment; detail: string }[] = [{ key: 'monthlyBill', detail: '记在账上，月底社区来结' }, { key: 'atSite', detail: '取餐、收餐的时候付' }]

export function HowItComes({ portions, most, onPortions, way, ways, onWay, payment }: HowItComesProps) {
  const [open, setOpen] = useState<'way' | 'payment' | null>(null)
  const line = (which: 'way' | 'payment', title: string, detail: string | undefined, isFixed: boolean, choice: ReactNode) => (
    <>
      <Row title={title} detail={detail} {...(isFixed ? {} : { end: open === which ? '收起' : '换', onPress: () => setOpen(open === which ? null : which) })} />
      {open === which ? <Box className={styles.choice}>{choice}</Box> : null}
    </>
  )
  return (
    <Card label="份数、怎么送、怎么付">
      <Box className="between">
        <Box className="strong">份数</Box>
        <Stepper label="份数" value={portions} words={`${portions} 份`} least={1} most={Math.min(MOST_PORTIONS, most)} onChange={onPortions} />
      </Box>
      {portions > 1 ? <Box className="small">补贴只补老人自己的 1 份。</Box> : null}
      <Box className={styles.lines}>
        {line('way', way.title, way.detail, ways.length < 2, (
          <AnswerChoice label="怎么送" answers={ways.map((one) => ({ key: one.key, title: one.title, detail: one.detail }))} selected={[way.key]} onChoose={(key) => { setOpen(null); onWay(key) }} />
        ))}
        {payment && !payment.isFree
          ? line('payment', paymentWords(payment.how), undefined, false, (
            <AnswerChoice label="怎么付" answers={payments.map(({ key, detail }) => ({ key, title: paymentWords(key), detail }))} selected={[payment.how]} onChoose={(key) => { setOpen(null); payment.onChoose(key === 'atSite' ? 'atSite' : 'monthlyBill') }} />
          ))
          : null}
      </Box>
    </Card>
  )
}
