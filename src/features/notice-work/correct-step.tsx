/** 改一改再发: the text once more, what differs from what is out, and the one sentence that everybody reads first. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem, type ProblemWords } from '@/components/content'
import { Field } from '@/components/field'
import { differences } from '@/domain/notice-text'
import { filesOf, sentFiles } from './draft'
import { useServerNow } from '@/services/server-clock'
import { FilesPart } from './files-part'
import { WhenField } from './when-field'

type Work = OutputOf<'notice.work'>
type Correction = Omit<InputOf<'notice.correct'>, 'noticeId'>

export function CorrectStep({ shown, isBusy, problem, onNo, onYes }: { shown: Work; isBusy: boolean; problem: ProblemWords | undefined; onNo: () => void; onYes: (correction: Correction) => Promise<unknown> }) {
  const [text, setText] = useState({ title: shown.title, body: shown.body, whatToDo: shown.whatToDo ?? '', summary: '' })
  const clock = useServerNow()
  const [times, setTimes] = useState<{ validUntil: number; deadlineAt: number | null } | null>(null)
  const [files, setFiles] = useState(() => filesOf(shown))
  const edit = (part: Partial<typeof text>) => setText({ ...text, ...part })
  const now = { title: text.title.trim(), body: text.body.trim(), whatToDo: text.whatToDo.trim() === '' ? null : text.whatToDo.trim() }
  const changed = differences(shown, now)
  const isSame = changed.length === 0 && times === null && JSON.stringify(sentFiles(files)) === JSON.stringify(sentFiles(filesOf(shown)))
  const isWhole = text.summary.trim() !== '' && now.title !== '' && now.body !== '' && files.pictures.every((picture) => picture.words.trim() !== '')
  return (
    <ConfirmSheet question="改好以后，会请每个人再看一遍" yes="发改好的" isBusy={isBusy} isDisabled={!isWhole || isSame} onNo={onNo} onYes={() => onYes({ ...now, ...sentFiles(files), ...timesOf(shown, times), summary: text.summary })}>
      <Box className="stack">
        <Field label="标题" value={text.title} onChange={(title) => edit({ title })} maxLength={30} />
        <Field label="要说的话" kind="many-words" value={text.body} onChange={(body) => edit({ body })} maxLength={2000} />
        <Field label="要做的一件事（可以不写）" value={text.whatToDo} onChange={(whatToDo) => edit({ whatToDo })} maxLength={60} />
        <FilesPart files={files} onChange={setFiles} />
        {times === null ? <Button kind="outline" icon="clock" onPress={() => setTimes({ validUntil: shown.validUntil, deadlineAt: shown.deadlineAt })}>时间也要改</Button> : (
          <>
            <WhenField label="有效到哪天" hour="有效到几点" value={times.validUntil} now={clock} onChange={(validUntil) => setTimes({ ...times, validUntil })} />
            {times.deadlineAt === null ? null : <WhenField label="哪天以前人人要知道" hour="几点以前" value={times.deadlineAt} now={clock} onChange={(deadlineAt) => setTimes({ ...times, deadlineAt })} />}
          </>
        )}
        {changed.length > 0 ? <Differences label="大家会看到的不同" differences={changed} /> : <Box className="small">还没有改什么。</Box>}
        <Field label="改了什么" value={text.summary} onChange={(summary) => edit({ summary })} maxLength={60} placeholder="时间改到 9 点" hint="大家先看到这一句" />
        {problem ? <Problem problem={problem} /> : null}
      </Box>
    </ConfirmSheet>
  )
}

/** Only what is different is sent: a deadline that is over stays as it was. */
const timesOf = (shown: Work, times: { validUntil: number; deadlineAt: number | null } | null) => ({
  ...(times === null || times.validUntil === shown.validUntil ? {} : { validUntil: times.validUntil }), ...(times === null || times.deadlineAt === null || times.deadlineAt === shown.deadlineAt ? {} : { deadlineAt: times.deadlineAt }),
})

/** What went and what came, sentence by sentence. */
export function Differences({ label, differences: lines }: { label: string; differences: readonly { was: string | null; is: string | null }[] }) {
  return (
    <Box className="stack-tight" spoken={{ role: 'group', label }}>
      <Box className="label">{label}</Box>
      {lines.map((one) => (
        <Box key={`${one.was ?? ''} ${one.is ?? ''}`}>
          {one.was === null ? null : <Box className="small">原来：{one.was}</Box>}
          <Box className="strong">{one.is === null ? '现在没有这一句了' : one.was === null ? `加了：${one.is}` : `现在：${one.is}`}</Box>
        </Box>
      ))}
    </Box>
  )
}
