/** 老人看到的样子: the notice at the largest size, as it stands on an elder's phone, and read aloud before it is sent. */
import { BigText, WidePicture } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Notice } from '@/components/notice'
import { linesOf, readAloud } from '@/domain/notice-text'
import { useReadingOn } from '@/services/speech'
import type { Draft } from './draft'

export function Preview({ draft }: { draft: Draft }) {
  const aloud = useReadingOn(null, readAloud(draft))
  const [title, body] = [linesOf(draft.title), linesOf(draft.body)]
  const titleCount = title.flat().length
  const todoFrom = titleCount + body.flat().length
  return (
    <>
      <Button kind="outline" icon={aloud.isReading ? 'circle-pause' : 'volume-2'} onPress={aloud.onPress}>{aloud.isReading ? '停' : aloud.isPaused ? '接着听' : '听一遍'}</Button>
      {aloud.isUnavailable ? <Notice isAnnounced title="这部手机读不出声">请自己念一遍，拗口的地方老人也听不明白。</Notice> : null}
      <Box className="text-30 stack">
        <Heading level={2} className="hello"><BigText isTitle lines={title} readingAt={aloud.at} /></Heading>
        <Card>
          <Box className="stack">
            <BigText lines={body} from={titleCount} readingAt={aloud.at} />
            {draft.pictures.map((picture) => <WidePicture key={picture.fileId} address={picture.url} words={picture.words} />)}
          </Box>
        </Card>
        {draft.whatToDo ? <Card tone="willow"><Box className="label">要做的事</Box><Box className="strong"><BigText lines={linesOf(draft.whatToDo)} from={todoFrom} readingAt={aloud.at} /></Box></Card> : null}
        {draft.attachments.map((file) => <Box key={file.fileId} className="body">附件：{file.name}</Box>)}
      </Box>
    </>
  )
}
