/** 发到群里: the notice as one picture, drawn on this phone, for the group of the building. */
import { useCallback, useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { WidePicture } from '@/components/big-text'
import { Card } from '@/components/card'
import { Drawing, type Pen } from '@/components/drawing'
import { Notice } from '@/components/notice'
import { handOutPicture } from '@/services/device'
import { CARD_WIDTH, cardHeight, drawCard, type CardText } from './share-card'

export function SharePart({ text }: { text: CardText }) {
  const [isAsked, setAsked] = useState(false)
  const [address, setAddress] = useState<string | null | undefined>(undefined)
  const [isOut, setOut] = useState<boolean | null>(null)
  const height = cardHeight(text)
  const draw = useCallback((pen: Pen) => drawCard(pen, text, height), [text, height])
  if (!isAsked) return <Button kind="outline" icon="users" onPress={() => setAsked(true)}>做成图片，发到群里</Button>
  if (address === undefined) return <Drawing width={CARD_WIDTH} height={height} draw={draw} onDrawn={setAddress} />
  if (address === null) return <Notice tone="warm" isAnnounced title="这部手机做不了图片">可以把通知的字抄到群里，或者请家人来发。</Notice>
  return (
    <Card label="发到群里的图片">
      <Box className="stack">
        <WidePicture address={address} words={`图片：${text.title}`} />
        <Button kind="outline" icon="users" onPress={async () => setOut(await handOutPicture(address, '社区通知.png'))}>{API_MODE === 'weapp' ? '选一个群发出去' : '存下这张图'}</Button>
        {isOut === null ? null : <Box className="body" spoken={{ role: 'status', live: 'polite' }}>{isOut ? (API_MODE === 'weapp' ? '选好群就发出去了。' : '存好了，在下载里，到群里发这张图就行。') : '没有发成，也可以长按图片再发。'}</Box>}
      </Box>
    </Card>
  )
}
