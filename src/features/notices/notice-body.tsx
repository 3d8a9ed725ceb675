/** What a notice says, in big type: the text, its pictures, the one thing to do, and what is attached. */
import { useState } from 'react'
import { BigText, WidePicture } from '@/components/big-text'
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Notice } from '@/components/notice'
import { Row, Rows } from '@/components/row'
import { linesOf, linksIn } from '@/domain/notice-text'
import { copyText, openDocument } from '@/services/device'
import { sizeWords } from '@/services/notice-words'

export interface BodyText {
  title: string
  body: string
  whatToDo: string | null
  pictures: readonly { fileId: string; words: string; url: string }[]
  attachments: readonly { fileId: string; name: string; kind: 'pdf' | 'picture'; bytes: number; url: string }[]
}

/** `readingAt` counts over title, body and what to do, as they are read aloud. */
export function NoticeBody({ text, readingAt }: { text: BodyText; readingAt?: number | undefined }) {
  const [title, body] = [linesOf(text.title).flat(), linesOf(text.body)]
  const afterBody = title.length + body.flat().length
  const todo = text.whatToDo === null ? [] : linesOf(text.whatToDo)
  const isReadingTodo = readingAt !== undefined && readingAt >= afterBody
  return (
    <>
      <Card>
        <Box className="stack">
          <BigText lines={body} from={title.length} readingAt={readingAt} />
          {text.pictures.map((picture) => <WidePicture key={picture.fileId} address={picture.url} words={picture.words} />)}
        </Box>
      </Card>
      {text.whatToDo ? <Card tone="willow"><Box className="stack-tight"><Box className="label">要做的事</Box><Box className="strong"><BigText lines={todo} from={afterBody} readingAt={isReadingTodo ? readingAt : undefined} /></Box></Box></Card> : null}
      <Links words={`${text.body}\n${text.whatToDo ?? ''}`} />
      <Attachments files={text.attachments} />
    </>
  )
}

/** Addresses of listed hosts, to take along: a mini-program opens no page of others. */
function Links({ words }: { words: string }) {
  const [copied, setCopied] = useState<string | null>(null)
  const links = [...new Set(linksIn(words))]
  if (links.length === 0) return null
  return (
    <Card label="网址">
      <Rows>{links.map((link) => <Row key={link} icon="file-text" title={link} detail={copied === link ? '复制好了，到浏览器里粘贴' : '复制网址'} onPress={async () => { if (await copyText(link)) setCopied(link) }} />)}</Rows>
    </Card>
  )
}

/** A picture opens here, a document in the phone's own viewer. */
function Attachments({ files }: { files: BodyText['attachments'] }) {
  const [opened, setOpened] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  if (files.length === 0) return null
  const open = async (file: BodyText['attachments'][number]) => {
    setFailed(null)
    if (file.kind === 'picture') setOpened(opened === file.fileId ? null : file.fileId)
    else if (!(await openDocument(file.url))) setFailed(file.name)
  }
  return (
    <Card label="附件">
      <Box className="stack">
        <Rows>{files.map((file) => <Row key={file.fileId} icon="file-text" title={file.name} detail={`${file.kind === 'pdf' ? '文件' : '图片'} · ${sizeWords(file.bytes)}`} onPress={() => open(file)} />)}</Rows>
        {files.filter((file) => file.fileId === opened).map((file) => <WidePicture key={file.fileId} address={file.url} words={file.name} />)}
        {failed === null ? null : <Notice tone="warm" isAnnounced title={`「${failed}」打不开`}>请过一会儿再点一次，或者问问社区。</Notice>}
      </Box>
    </Card>
  )
}
