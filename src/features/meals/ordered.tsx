/** A sitting that is ordered already: what, the way to change it while there is time, and what could be ordered next. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { DishPicture } from '@/components/dish-picture'
import { ReadAloud } from '@/components/read-aloud'
import { Tag } from '@/components/tag'
import { WhoIsIt } from '@/components/who-is-it'
import { cutoffWords } from '@/services/meal-words'
import { useIdentity } from '@/services/identity'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { whenMealWords, type SittingMenu, type When } from './menu'
import { refusalWords } from './refusals'
import styles from './meals.module.scss'

interface OrderedProps {
  when: When
  menu: SittingMenu
  bookingId: string
  elderId: string
  whose: string
  /** it was cancelled: says so and looks again */
  onChanged: (words: string) => void
  next: When | undefined
  onNext: (when: When) => void
}

export function Ordered({ when, menu, bookingId, elderId, whose, onChanged, next, onNext }: OrderedProps) {
  const now = useServerNow(10_000)
  const [isAsking, setAsking] = useState(false)
  const dish = menu.dishes.find((one) => one.state === 'mine')
  const isEarly = (dish?.orderUntil ?? menu.orderUntil) > now
  return (
    <Box className="stack">
      <Card tone="chosen">
        <Box className="stack">
          <Box className={styles.ordered}>
            <Box className={styles.picture}><DishPicture name={dish?.picture ?? 'utensils'} /></Box>
            <Box className={styles.words}>
              <Box className="inline"><Tag>{whenMealWords(when, now)}订好了</Tag></Box>
              <Box className={styles.name}>{dish?.dishName ?? '看看订了什么'}</Box>
              {dish?.sides ? <Box className={styles.sides}>{dish.sides}</Box> : null}
            </Box>
          </Box>
          {isEarly
            ? (
              <>
                <Box className="small">{cutoffWords(dish?.orderUntil ?? menu.orderUntil, when.onDate, now)} 以前，可以自己改、自己取消。</Box>
                {isAsking
                  ? <CancelMeal bookingId={bookingId} elderId={elderId} question={`取消${whose}${whenMealWords(when, now)}的${dish?.dishName ?? '餐'}？`} onDone={() => { setAsking(false); onChanged('取消好了，这一餐不送了') }} onNo={() => setAsking(false)} />
                  : (
                    <Box className="pair">
                      <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/meals/order/index?bookingId=${bookingId}` }) }}>改一改</Button>
                      <Button kind="outline" onPress={() => setAsking(true)}>取消</Button>
                    </Box>
                  )}
              </>
            )
            : (
              <>
                <Box className="small">截止时间过了，厨房在备餐。要改，可以问问厨房。</Box>
                <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${bookingId}` }) }}>看这一餐</Button>
              </>
            )}
        </Box>
      </Card>
      {next && !isAsking ? <Button onPress={() => onNext(next)}>再订{whenMealWords(next, now)}</Button> : null}
    </Box>
  )
}

function CancelMeal({ bookingId, elderId, question, onDone, onNo }: { bookingId: string; elderId: string; question: string; onDone: () => void; onNo: () => void }) {
  const cancel = useAction('booking.cancel')
  const identity = useIdentity(elderId)
  const problem = refusalWords(cancel)
  const read = useReadAloud(question)
  return (
    <ConfirmSheet question={question} yes="取消这一餐" no="先留着" isDangerous isBusy={cancel.isPending} onNo={onNo} onYes={async () => { if (await cancel.run({ bookingId, ...identity.given })) onDone() }}>
      {problem && cancel.code === 'IDENTITY_REQUIRED' ? <WhoIsIt problem={problem} onHere={() => { cancel.clear(); identity.isHere() }} onAsk={() => { cancel.clear(); identity.ask() }} /> : problem ? <Problem problem={problem} /> : null}
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}
