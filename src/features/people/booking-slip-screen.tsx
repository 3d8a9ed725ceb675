/**
 * A slip for somebody without a phone: what comes, when, where, what it costs, the digits to show at the door or the counter,
 * and whom to call. In letters to be read without glasses, on the screen and on paper.
 */
import type { BookingView } from '@/contract'
import { BigCode } from '@/components/big-code'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Content } from '@/components/content'
import { Foot, goBack, Screen } from '@/components/screen'
import { spokenDate } from '@/domain/civil-time'
import { dutyPhone } from '@/services/for-whom'
import { dishWords, paymentWords, placeWords } from '@/services/meal-words'
import { canPrint, printPage } from '@/services/printing'
import { priceWords, whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import styles from './booking-slip.module.scss'

export function BookingSlipScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const kept = dutyPhone()
  const home = useQuery('home.show', kept === undefined ? {} : null)
  const phone = kept ?? home.output?.dutyPhone
  const { output } = booking
  return (
    <Screen
      title="条子" subtitle={output ? `给 ${output.elderName}` : undefined}
      foot={output === undefined ? undefined : canPrint
        ? <Foot say={`把条子给${output.elderName}。`} other={<Button kind="outline" onPress={goBack}>给好了</Button>} main={<Button icon="file-text" onPress={printPage}>打印</Button>} />
        : <Foot say={`请${output.elderName}抄下来；在电话里，就慢慢念给对方听。`} main={<Button onPress={goBack}>给好了</Button>} />}
    >
      <Content of={booking} shape="detail">{(view) => <Slip view={view} phone={phone} />}</Content>
    </Screen>
  )
}

function Slip({ view, phone }: { view: BookingView; phone: string | undefined }) {
  const { order } = view
  const { bed } = view
  const [, time = ''] = whenWords(view.startsAt, view.endsAt).match(/(\d{2}:\d{2}–\d{2}:\d{2})$/) ?? []
  return (
    <Box className={styles.slip} spoken={{ role: 'region', label: '条子' }}>
      <Box className={styles.head}>掌上乐龄 · {view.communityName}</Box>
      <Box className={styles.name}>{view.elderName}</Box>
      <Box className={styles.when}>{bed && bed.nights > 0 ? whenWords(view.startsAt, view.endsAt) : `${spokenDate(view.onDate)} ${time}`}</Box>
      <Box className={styles.line}>{view.serviceName}{order ? `：${dishWords(order.dishName, order.portions)}` : ''}</Box>
      {order?.sides ? <Box className={styles.small}>{order.sides}</Box> : null}
      <Box className={styles.line}>{order ? placeWords(order.way, order.siteName) : bed ? `到${view.providerName}` : '到您家里来'}</Box>
      {order && order.way !== 'delivery' && order.siteAddress ? <Box className={styles.small}>{order.siteAddress}</Box> : null}
      <Box className={styles.line}>{order ? (order.quote.payFen === 0 ? '不用付钱' : `付 ${priceWords(order.quote.payFen)}，${paymentWords(order.payment.how)}`) : `费用：${priceWords(bed ? bed.quote.payFen : view.priceFen)}`}</Box>
      {order?.slipCode
        ? (
          <Box className={styles.code}>
            <BigCode digits={order.slipCode} label="取餐的数字" />
            <Box className={styles.small}>{order.way === 'delivery' ? '送到了，给送餐的人看这 8 个数字。' : '取餐的时候，给窗口看这 8 个数字。'}</Box>
          </Box>
        )
        : <Box className={styles.small}>{bed ? `带上：${bed.bring.join('、')}。` : order ? '收到了，告诉送餐的人一声。' : '护理员到了、走了，各看一次门边的门卡。'}</Box>}
      {phone ? <Box className={styles.small}>有事打社区电话</Box> : null}
      {phone ? <Box className={styles.phone}>{phone}</Box> : null}
      <Box className={styles.small}>编号 {view.number}</Box>
    </Box>
  )
}
