/** Staff add pictures of an activity, one after the other. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Foot, Screen } from '@/components/screen'
import { useAction } from '@/services/use-action'
import { ActivityPictures } from './activity-pictures'
import { PictureField, type Chosen } from './picture-field'

export function AddScreen({ activityId }: { activityId: string }) {
  const add = useAction('gallery.addPicture')
  const [picture, setPicture] = useState<Chosen | null>(null)
  const [title, setTitle] = useState('')
  const [answered, setAnswered] = useState<{ words: string; isOut: boolean } | null>(null)
  const [count, setCount] = useState(0)
  const send = async () => {
    if (picture === null) return
    const made = await add.run({ activityId, title: title.trim(), fileId: picture.fileId })
    if (!made) return
    setAnswered(made.state === 'published' ? { words: `「${title.trim()}」放上去了`, isOut: true } : { words: `「${title.trim()}」没有通过检查，等另一位同事看`, isOut: false })
    setPicture(null)
    setTitle('')
    setCount(count + 1)
  }
  const missing = picture === null ? '选一张图。' : title.trim() === '' ? '写上图里是什么。' : null
  return (
    <Screen title="活动照片" foot={<Foot say={missing ?? '放上去，大家马上看得到。'} problem={add.problem ? <Problem problem={add.problem} /> : null} main={<Button isDisabled={missing !== null} isBusy={add.isPending} onPress={send}>放上去</Button>} />}>
      {answered ? <Notice isAnnounced tone={answered.isOut ? 'willow' : 'gold'} title={answered.words} /> : null}
      <Box className="stack">
        <Notice tone="gold" title="先问过图里的人">有人不愿意，就别放。放上去以后，图里的人随时可以请撤下。</Notice>
        <PictureField picture={picture} words={title} onChange={(chosen) => { add.clear(); setAnswered(null); setPicture(chosen) }} />
        <Field label="图里是什么" value={title} onChange={setTitle} maxLength={30} placeholder="大家一起练八段锦" hint="看不清的老人，听这一句" />
      </Box>
      <ActivityPictures key={count} activityId={activityId} />
    </Screen>
  )
}
