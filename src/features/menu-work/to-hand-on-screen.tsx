/** 等转交的单: orders that nobody has answered, that nobody took, or whose organisation's licence has run out; a social worker hands each to another. */
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { open } from './open'
import { answerWords, handStateWords } from './words'

type Order = OutputOf<'menu.toHandOn'>['orders'][number]

/** Organisations answer meanwhile: looks again this often, ms. */
const LOOK_AGAIN_MS = 10_000
const SHOWN = 10
/** What nobody will see to by itself comes first. */
const urgent = (order: Order): number => (order.state === 'asked' ? 1 : 0)

export function ToHandOnScreen() {
  useStaff()
  const now = useServerNow()
  const waiting = useQuery('menu.toHandOn', {}, { pollMs: LOOK_AGAIN_MS })
  return (
    <Screen title="等转交的单" subtitle="你点我送">
      <Content of={waiting}>
        {(shown) => shown.orders.length === 0
          ? <Empty icon="badge-check" title="没有要转交的单" next="机构没答复、没人接、证照过期的单，会出现在这里。" />
          : (
            <Box className="stack">
              {shown.isPartial ? <Notice tone="gold" title="单太多，先列最近的" /> : null}
              <Parts rows={[...shown.orders].sort((a, b) => urgent(a) - urgent(b) || a.startsAt - b.startsAt)} size={SHOWN} of="等转交的单">
                {(rows) => rows.map((order) => (
                  <CardLink key={order.bookingId} onPress={() => open('hand-on', `bookingId=${order.bookingId}`)}>
                    <Box className="lead">{order.elderName} · {order.serviceName} ›</Box>
                    <Box className="body">{whenWords(order.startsAt, order.endsAt, now)}</Box>
                    <Box className="small">{order.communityName} · {order.providerName}{order.answerBy === null ? '' : `，${answerWords(order.answerBy, now)}`}</Box>
                    <Box className="inline"><Tag tone={order.state === 'asked' ? 'gold' : 'warm'}>{handStateWords[order.state]}</Tag></Box>
                  </CardLink>
                ))}
              </Parts>
            </Box>
          )}
      </Content>
    </Screen>
  )
}
