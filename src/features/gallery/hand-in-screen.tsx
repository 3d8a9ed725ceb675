/** 交作品: one's own, of somebody one acts for, or at the counter of whoever stands there. */
import { useState, type ReactNode } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonChooser } from '@/components/person-chooser'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { handedInSorts } from '@/domain/gallery'
import { asOption, useForWhom } from '@/services/for-whom'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { PictureField, type Chosen } from './picture-field'
import { open, sortWords } from './words'

type Sort = (typeof handedInSorts)[number]

/** `elderId` null: whom the phone's owner chose. */
export function HandInScreen({ elderId }: { elderId: string | null }) {
  return elderId === null ? <OfFamily /> : <AtCounter elderId={elderId} />
}

function OfFamily() {
  const { home, elder, elders, choose } = useForWhom()
  if (!elder) return <Screen title="交作品"><Content of={home}>{() => null}</Content></Screen>
  return <HandIn key={elder.personId} elderId={elder.personId} name={elder.name} isMe={elder.isMe} chooser={<PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} />} />
}

function AtCounter({ elderId }: { elderId: string }) {
  const mine = useQuery('gallery.mine', { elderId })
  if (!mine.output) return <Screen title="交作品"><Content of={mine}>{() => null}</Content></Screen>
  return <HandIn elderId={elderId} name={mine.output.elderName} isMe={mine.output.isMe} chooser={null} isAtCounter />
}

function HandIn({ elderId, name, isMe, chooser, isAtCounter = false }: { elderId: string; name: string; isMe: boolean; chooser: ReactNode; isAtCounter?: boolean }) {
  const hand = useAction('gallery.handIn')
  const [picture, setPicture] = useState<Chosen | null>(null)
  const [sort, setSort] = useState<Sort>('painting')
  const [title, setTitle] = useState('')
  const [words, setWords] = useState('')
  const [isNamed, setNamed] = useState<boolean | null>(null)
  const [isDone, setDone] = useState(false)
  const missing = picture === null ? '选一张图。' : title.trim() === '' ? '写上叫什么。' : isNamed === null ? '说好署不署名。' : null
  const sentence = missing ?? `${isMe ? '您' : `替${name}`}交${sortWords(sort)}「${title.trim()}」，${isNamed ? `写上${isMe ? '您' : name}的名字` : '不写名字'}。社区看过就放上去。`
  const read = useReadAloud(sentence)
  const send = async () => {
    if (picture === null || isNamed === null) return
    const made = await hand.run({ elderId, sort, title: title.trim(), fileId: picture.fileId, isNamed, ...(words.trim() === '' ? {} : { words: words.trim() }) })
    if (made) setDone(true)
  }
  if (isDone) {
    return (
      <Screen title="交作品" foot={<Foot main={<Button onPress={() => open('mine', isAtCounter ? `elderId=${elderId}` : '')}>看看交了哪些</Button>} />}>
        <Notice isAnnounced title="交好了">社区三天内看，看过就放到「乐龄风采」里。想取回，随时可以。</Notice>
      </Screen>
    )
  }
  return (
    <Screen title="交作品" subtitle={isMe ? undefined : `给 ${name}`} foot={<Foot say={sentence} problem={hand.problem ? <Problem problem={hand.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={missing !== null} isBusy={hand.isPending} onPress={send}>就交这幅</Button>} />}>
      <Box className="stack">
        {chooser}
        <PictureField picture={picture} words={title} onChange={(chosen) => { hand.clear(); setPicture(chosen) }} />
        <Field label="叫什么" value={title} onChange={setTitle} maxLength={20} placeholder="荷花" />
        <AnswerChoice label="是什么" answers={handedInSorts.map((key) => ({ key, title: key === 'other' ? '别的' : sortWords(key) }))} selected={[sort]} onChoose={(key) => setSort(key as Sort)} />
        <Field label="想说的话（可以不写）" kind="many-words" value={words} onChange={setWords} maxLength={120} />
        <AnswerChoice label="署不署名" answers={[{ key: 'yes', title: `写上${isMe ? '我' : name}的名字`, detail: '整个街道的人看得到' }, { key: 'no', title: '不写名字', detail: '只写「一位居民」' }]} selected={isNamed === null ? [] : [isNamed ? 'yes' : 'no']} onChoose={(key) => setNamed(key === 'yes')} />
        <Box className="small">图和字都先查一遍，再请社区的人看。</Box>
      </Box>
    </Screen>
  )
}
