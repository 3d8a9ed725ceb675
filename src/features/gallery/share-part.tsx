/** 发到群里: a work as one picture, drawn on this phone. */
import { useCallback, useState } from 'react'
import type { OutputOf } from '@/contract'
import { WidePicture } from '@/components/big-text'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Drawing, type Loaded, type Pen } from '@/components/drawing'
import { Notice } from '@/components/notice'
import { handOutPicture } from '@/services/device'
import { CARD_WIDTH, cardHeight, drawCard } from './share-card'
import { whoseWords } from './words'

export function SharePart({ work }: { work: OutputOf<'gallery.show'> }) {
  const [isAsked, setAsked] = useState(false)
  const [address, setAddress] = useState<string | null | undefined>(undefined)
  const [isOut, setOut] = useState<boolean | null>(null)
  const { title, words } = work
  const whose = whoseWords(work)
  const height = cardHeight({ title, words, whose })
  const draw = useCallback((pen: Pen, picture: Loaded | null) => { if (picture) drawCard(pen, picture, { title, words, whose }, height) }, [title, words, whose, height])
  if (!isAsked) return <Button kind="outline" icon="users" onPress={() => setAsked(true)}>做成图片，发到群里</Button>
  if (address === undefined) return <Drawing width={CARD_WIDTH} height={height} picture={work.url} draw={draw} onDrawn={setAddress} />
  if (address === null) return <Notice tone="warm" isAnnounced title="这部手机做不了图片">可以请家人来发。</Notice>
  return (
    <Card label="发到群里的图片">
      <Box className="stack">
        <WidePicture address={address} words={`图片：${title}，${whose}`} />
        <Button kind="outline" icon="users" onPress={async () => setOut(await handOutPicture(address, '乐龄风采.png'))}>{API_MODE === 'weapp' ? '选一个群发出去' : '存下这张图'}</Button>
        {isOut === null ? null : <Box className="body" spoken={{ role: 'status', live: 'polite' }}>{isOut ? (API_MODE === 'weapp' ? '选好群就发出去了。' : '存好了，在下载里，到群里发这张图就行。') : '没有发成，也可以长按图片再发。'}</Box>}
      </Box>
    </Card>
  )
}
