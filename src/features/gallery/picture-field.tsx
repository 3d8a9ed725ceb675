/** One picture, chosen on this phone and put into the cloud at once. */
import { useState } from 'react'
import { WidePicture } from '@/components/big-text'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { upload } from '@/services/upload'

export interface Chosen {
  readonly fileId: string
  readonly url: string
}

export function PictureField({ picture, words, onChange }: { picture: Chosen | null; /** what is on it */ words: string; onChange: (picture: Chosen) => void }) {
  const [isBusy, setBusy] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const take = () => {
    setFailed(false)
    upload('picture', () => setBusy(true)).then((file) => { if (file) onChange(file) }, () => setFailed(true)).finally(() => setBusy(false))
  }
  return (
    <Box className="stack">
      {picture ? <WidePicture key={picture.fileId} address={picture.url} words={words === '' ? '选好的图' : words} isTitled /> : null}
      {isFailed ? <Problem problem={{ title: '图没有传上来', next: '请看看网络，再选一次。写好的都还在。' }} /> : null}
      <Button kind="outline" icon="plus" busyWords="正在传" isBusy={isBusy} onPress={take}>{picture ? '换一张图' : '选一张图'}</Button>
    </Box>
  )
}
