/** Choosing one of several: a day, a time with what is left of it, or a plain answer. Chosen is shown by fill, edge and a tick. */
import type { ReactNode } from 'react'
import { Bar } from './bar'
import { Box, Words } from './box'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './choice.module.scss'

export interface DayOption {
  key: string
  /** 今天, 周二 */
  top: string
  /** 24 */
  number: string
  /** 满, 停 */
  note?: string
  /** how a screen reader says it: 11月24日 周二 */
  label?: string
}

interface DayStripProps {
  days: readonly DayOption[]
  selected: string
  onChoose: (key: string) => void
  /** leads to later days, after the last one */
  further?: { words: string; onPress: () => void } | undefined
}

/** Days side by side, a week in two rows; at large text they wrap further, never scroll sideways. */
export function DayStrip({ days, selected, onChoose, further }: DayStripProps) {
  return (
    <Box className={styles.days} spoken={{ role: 'radiogroup', label: '选日期' }}>
      {days.map((day) => {
        const isChosen = day.key === selected
        return (
          <Pressable key={day.key} role="radio" spoken={{ isChecked: isChosen }} label={`${day.label ?? `${day.top} ${day.number}日`}${day.note ? `，${day.note}` : ''}`} className={classes(styles.day, isChosen && styles.chosenDay)} onPress={() => onChoose(day.key)}>
            <Box className={styles.dayTop}>{day.top}</Box>
            <Box className={styles.dayNumber}>{day.number}</Box>
            {day.note ? <Box className={styles.dayTop}>{day.note}</Box> : null}
          </Pressable>
        )
      })}
      {further ? <Pressable className={styles.further} onPress={further.onPress}>{further.words}</Pressable> : null}
    </Box>
  )
}

export interface SlotOption {
  key: string
  /** 14:00–15:00 */
  title: string
  /** 剩 3 位 */
  words: string
  /** how much is left, 0–1, as the words say it; drawn as a bar when given */
  left?: number
  isFew?: boolean
  /** more about it: provider, minutes on foot */
  detail?: ReactNode
  /** why it cannot be chosen; the option stays readable and says so */
  reason?: string | undefined
}

/** Times with what is left of them, in words and as a bar; what cannot be chosen says why. */
export function SlotChoice({ slots, selected, onChoose, label = '选时间' }: { slots: readonly SlotOption[]; selected: string | null; onChoose: (key: string) => void; label?: string }) {
  return (
    <Box className={styles.slots} spoken={{ role: 'radiogroup', label }}>
      {slots.map((slot) => {
        const isChosen = slot.key === selected
        const isShut = slot.reason !== undefined
        return (
          <Pressable key={slot.key} role="radio" isDisabled={isShut} spoken={{ isChecked: isChosen }} className={classes(styles.slot, isChosen && styles.chosenSlot, isShut && styles.shutSlot)} onPress={() => onChoose(slot.key)}>
            <Box className={styles.slotLine}>
              <Words className={styles.slotTitle}>{isChosen ? '✓ ' : ''}{slot.title}</Words>
              <Words className={classes(styles.slotWords, slot.isFew && !isShut && styles.few)}>{slot.reason ?? slot.words}</Words>
            </Box>
            {slot.detail ? <Box className={styles.slotDetail}>{slot.detail}</Box> : null}
            {slot.left !== undefined && !isShut ? <Bar share={slot.left} tone={slot.isFew ? 'warm' : 'willow'} /> : null}
          </Pressable>
        )
      })}
    </Box>
  )
}

export interface AnswerOption {
  key: string
  title: string
  detail?: string
}

/** A question with a few answers. With `isMany`, several can be ticked. */
export function AnswerChoice({ answers, selected, onChoose, label, isMany = false }: { answers: readonly AnswerOption[]; selected: readonly string[]; onChoose: (key: string) => void; label: string; isMany?: boolean }) {
  return (
    <Box className={styles.slots} spoken={{ role: isMany ? 'group' : 'radiogroup', label }}>
      {answers.map((answer) => {
        const isChosen = selected.includes(answer.key)
        return (
          <Pressable key={answer.key} role={isMany ? 'checkbox' : 'radio'} spoken={{ isChecked: isChosen }} className={classes(styles.answer, isChosen && styles.chosenSlot)} onPress={() => onChoose(answer.key)}>
            <Box className={classes(styles.tick, isMany && styles.square, isChosen && styles.ticked)} spoken={{ isHidden: true }}>{isChosen ? '✓' : ''}</Box>
            <Box className={styles.answerWords}>
              <Box className={styles.slotTitle}>{answer.title}</Box>
              {answer.detail ? <Box className={styles.slotDetail}>{answer.detail}</Box> : null}
            </Box>
          </Pressable>
        )
      })}
    </Box>
  )
}
