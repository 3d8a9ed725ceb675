/** The text of a notice in big type, line by line; the sentence that is being read stands out. Markup in it is text like any other. */
import { Image } from '@tarojs/components'
import { Box, Words } from '@/components/box'
import { Card } from '@/components/card'
import { Row, Rows } from '@/components/row'
import { sentencesOf } from '@/domain/notice-text'
import { openDocument } from '@/services/device'
import styles from './notice-body.module.scss'

export interface BodyText {
  body: string
  whatToDo: string | null
  pictures: readonly { fileId: string; words: string; url: string }[]
  attachments: readonly { fileId: string; name: string; kind: 'pdf' | 'picture'; bytes: number; url: string }[]
}

export function NoticeBody({ text, readingNow }: { text: BodyText; readingNow?: string | undefined }) {
  const said = (sentence: string) => (sentence === readingNow ? styles.reading : undefined)
  return (
    <>
      <Card>
        <Box className="stack">
          {text.body.split('\n').filter((line) => line.trim() !== '').map((line, index) => (
            <Box key={`${index} ${line}`} className={styles.line}>{sentencesOf(line).map((sentence, at) => <Words key={`${at} ${sentence}`} className={said(sentence)}>{sentence}</Words>)}</Box>
          ))}
          {text.pictures.map((picture) => <Image key={picture.fileId} className={styles.picture ?? ''} src={picture.url} mode="widthFix" {...{ ariaLabel: picture.words }} />)}
        </Box>
      </Card>
      {text.whatToDo ? <Card tone="willow"><Box className="stack-tight"><Box className="label">要做的事</Box><Box className="lead">{text.whatToDo}</Box></Box></Card> : null}
      {text.attachments.length > 0 ? <Card label="附件"><Rows>{text.attachments.map((file) => <Row key={file.fileId} icon="file-text" title={file.name} detail={`${Math.max(1, Math.round(file.bytes / 1024))} KB`} onPress={() => openDocument(file.url)} />)}</Rows></Card> : null}
    </>
  )
}
