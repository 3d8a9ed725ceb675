/** 为谁, with 换人 in the flow: the bar opens the list of people below itself, choosing closes it. */
import { useState } from 'react'
import { Box } from './box'
import { AnswerChoice } from './choice'
import { PersonBar } from './person'

export interface PersonOption {
  key: string
  name: string
  /** how I stand to them: 您自己, 华光城 · 您是女儿 */
  words: string
  /** what tells namesakes apart, shown while choosing */
  detail?: string
}

/** With one person it is a plain line. */
export function PersonChooser({ people, selected, onChoose }: { people: readonly PersonOption[]; selected: string; onChoose: (key: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  const current = people.find((one) => one.key === selected)
  if (!current) return null
  return (
    <Box className="stack">
      <PersonBar name={current.name} words={current.words} changeWords={isOpen ? '收起' : '换人'} isOpen={isOpen} {...(people.length > 1 ? { onChange: () => setOpen(!isOpen) } : {})} />
      {isOpen ? (
        <AnswerChoice
          label="为谁办"
          answers={people.map((one) => ({ key: one.key, title: one.name, detail: [one.words, one.detail].filter(Boolean).join(' · ') }))}
          selected={[selected]}
          onChoose={(key) => { setOpen(false); if (key !== selected) onChoose(key) }}
        />
      ) : null}
    </Box>
  )
}
