/** Pictures and attachments of a notice, put into the cloud as they are chosen; a picture says in words what is on it. */
import { useState } from 'react'
import { WidePicture } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Row, Rows } from '@/components/row'
import { MOST_ATTACHMENTS, MOST_PICTURES } from '@/domain/notice-text'
import { upload } from '@/services/upload'

export interface Files {
  pictures: { fileId: string; words: string; url: string }[]
  attachments: { fileId: string; name: string }[]
}

export function FilesPart({ files, onChange }: { files: Files; onChange: (change: (now: Files) => Files) => void }) {
  const [isBusy, setBusy] = useState<'picture' | 'document' | null>(null)
  const [isFailed, setFailed] = useState(false)
  const add = (kind: 'picture' | 'document') => {
    setFailed(false)
    upload(kind, () => setBusy(kind)).then(
      (file) => {
        if (file && kind === 'picture') onChange((now) => ({ ...now, pictures: [...now.pictures, { fileId: file.fileId, words: '', url: file.url }] }))
        else if (file) onChange((now) => ({ ...now, attachments: [...now.attachments, { fileId: file.fileId, name: file.name }] }))
      },
      () => setFailed(true),
    ).finally(() => setBusy(null))
  }
  return (
    <Box className="stack">
      <Heading level={2} className="section">图片和附件</Heading>
      {files.pictures.map((picture, index) => (
        <Box key={picture.fileId} className="stack">
          <WidePicture address={picture.url} words={picture.words === '' ? '还没有写图里是什么' : picture.words} />
          <Field label={`第 ${index + 1} 张图里是什么`} value={picture.words} maxLength={60} placeholder="停水的几幢楼" hint="看不清的老人，听这一句" onChange={(words) => onChange((now) => ({ ...now, pictures: now.pictures.map((one) => (one.fileId === picture.fileId ? { ...one, words } : one)) }))} />
          <Button kind="outline" icon="x" label={`不要第 ${index + 1} 张图`} onPress={() => onChange((now) => ({ ...now, pictures: now.pictures.filter((one) => one.fileId !== picture.fileId) }))}>不要这张图</Button>
        </Box>
      ))}
      {files.attachments.length > 0 ? <Rows label="附件">{files.attachments.map((file) => <Row key={file.fileId} icon="file-text" title={file.name} detail="点一下拿掉" label={`拿掉附件 ${file.name}`} onPress={() => onChange((now) => ({ ...now, attachments: now.attachments.filter((one) => one.fileId !== file.fileId) }))} />)}</Rows> : null}
      {isFailed ? <Problem problem={{ title: '文件没有传上来', next: '请看看网络，再选一次。写好的都还在。' }} /> : null}
      <Box className="stack">
        {files.pictures.length < MOST_PICTURES ? <Button kind="outline" icon="plus" busyWords="正在传" isBusy={isBusy === 'picture'} onPress={() => add('picture')}>加一张图</Button> : null}
        {files.attachments.length < MOST_ATTACHMENTS ? <Button kind="outline" icon="file-text" busyWords="正在传" isBusy={isBusy === 'document'} onPress={() => add('document')}>加附件</Button> : null}
      </Box>
      <Box className="small">图片和字都先查一遍。附件里有 PDF 的，要另一位同事看过再发。</Box>
    </Box>
  )
}
