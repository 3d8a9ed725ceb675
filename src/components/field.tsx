/**
 * Something to fill in: its name above, a hint below, and what is wrong with it in words. What was typed is never lost by an error.
 * H5 uses the browser's own controls, so that name, error and keyboard come with them.
 */
import { Input, Picker, Textarea } from '@tarojs/components'
import { useId, useState, type FocusEvent, type ReactNode } from 'react'
import { Box, Words } from './box'
import { classes, isH5, spokenAttributes } from './platform'
import styles from './field.module.scss'

interface Labelled {
  label: string
  hint?: string | undefined
  /** what is wrong, and what to do about it */
  error?: string | undefined
}

function Around({ label, hint, error, id, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <Box className={styles.field}>
      {isH5 ? <label className={styles.label} htmlFor={id}>{label}</label> : <Box className={styles.label}>{label}</Box>}
      {children}
      {error ? <Box className={styles.error} id={`${id}-error`} spoken={{ role: 'alert' }}>{error}</Box> : null}
      {hint && !error ? <Box className={styles.hint} id={`${id}-hint`}>{hint}</Box> : null}
    </Box>
  )
}

/** A browser scrolls to the caret only, which may lie under what stays in place at the bottom. */
const reveal = (event: FocusEvent<HTMLElement>) => event.currentTarget.scrollIntoView({ block: 'nearest' })

const described = (id: string, hint?: string, error?: string) => error ? { 'aria-describedby': `${id}-error`, 'aria-invalid': true } : hint ? { 'aria-describedby': `${id}-hint` } : {}

interface FieldProps extends Labelled {
  value: string
  onChange: (value: string) => void
  kind?: 'words' | 'digits' | 'phone' | 'many-words'
  maxLength?: number
  placeholder?: string
}

/** One line of words or digits, or (`many-words`) a few lines. */
export function Field({ label, hint, error, value, onChange, kind = 'words', maxLength = kind === 'many-words' ? 200 : 40, placeholder = '' }: FieldProps) {
  const id = useId()
  const className = classes(styles.input, kind === 'many-words' && styles.tall, error !== undefined && styles.wrong)
  const spoken = spokenAttributes({ label, ...(error ? { isInvalid: true } : {}) })
  const inputMode = kind === 'digits' ? 'numeric' : kind === 'phone' ? 'tel' : 'text'
  return (
    <Around label={label} hint={hint} error={error} id={id}>
      {isH5
        ? kind === 'many-words'
          ? <textarea id={id} className={className} value={value} maxLength={maxLength} placeholder={placeholder} {...described(id, hint, error)} onFocus={reveal} onChange={(event) => onChange(event.target.value)} />
          : <input id={id} className={className} type="text" inputMode={inputMode} autoComplete="off" value={value} maxLength={maxLength} placeholder={placeholder} {...described(id, hint, error)} onFocus={reveal} onChange={(event) => onChange(event.target.value)} />
        : kind === 'many-words'
          ? <Textarea {...spoken} className={className} value={value} maxlength={maxLength} placeholder={placeholder} autoHeight onInput={(event) => onChange(event.detail.value)} />
          : <Input {...spoken} className={className} type={inputMode === 'text' ? 'text' : 'number'} value={value} maxlength={maxLength} placeholder={placeholder} onInput={(event) => onChange(event.detail.value)} />}
    </Around>
  )
}

/** Up to this many digits stand widely spaced; more of them closer, so that the narrowest phone shows all. */
const SHORT_CODE = 6

/** A code of digits that somebody reads out or that stands on paper: large, spaced, one field. */
export function CodeInput({ label, hint, error, value, onChange, length }: Omit<FieldProps, 'kind' | 'maxLength' | 'placeholder'> & { length: number }) {
  const id = useId()
  const className = classes(styles.input, styles.code, length > SHORT_CODE && styles.longCode, error !== undefined && styles.wrong)
  const keep = (typed: string) => onChange(typed.replace(/\D/g, '').slice(0, length))
  const placeholder = '-'.repeat(length)
  return (
    <Around label={label} hint={hint} error={error} id={id}>
      {isH5
        ? <input id={id} className={className} type="text" inputMode="numeric" autoComplete="one-time-code" value={value} placeholder={placeholder} {...described(id, hint, error)} onFocus={reveal} onChange={(event) => keep(event.target.value)} />
        : <Input {...spokenAttributes({ label, ...(error ? { isInvalid: true } : {}) })} className={className} type="number" value={value} maxlength={length} placeholder={placeholder} onInput={(event) => keep(event.detail.value)} />}
    </Around>
  )
}

interface PickProps extends Labelled {
  value: string
  onChange: (value: string) => void
}

/** One of a list. `value` is an option's key, or '' for none yet. */
export function SelectField({ label, hint, error, value, onChange, options, emptyWords = '请选择' }: PickProps & { options: readonly { key: string; words: string }[]; emptyWords?: string }) {
  const id = useId()
  const chosen = options.find((option) => option.key === value)
  return (
    <Around label={label} hint={hint} error={error} id={id}>
      {isH5
        ? (
          <Box className={styles.pick}>
            <select id={id} className={classes(styles.input, styles.select, styles.bare)} value={value} {...described(id, hint, error)} onFocus={reveal} onChange={(event) => onChange(event.target.value)}>
              {chosen ? null : <option value="">{emptyWords}</option>}
              {options.map((option) => <option key={option.key} value={option.key}>{option.words}</option>)}
            </select>
            <Box className={styles.picked} spoken={{ isHidden: true }}>{chosen?.words ?? emptyWords}</Box>
          </Box>
        )
        : (
          <Picker mode="selector" range={options.map((option) => option.words)} value={Math.max(0, options.findIndex((option) => option.key === value))} onChange={(event) => onChange(options[Number(event.detail.value)]?.key ?? value)}>
            <Box className={classes(styles.input, styles.shown)} spoken={{ role: 'button', label: `${label}，${chosen?.words ?? emptyWords}` }}>{chosen?.words ?? emptyWords}<Words className={styles.arrow}>›</Words></Box>
          </Picker>
        )}
    </Around>
  )
}

interface DateParts {
  year: string
  month: string
  day: string
}

const partsOf = (date: string): DateParts => ({ year: date.slice(0, 4), month: date.slice(5, 7), day: date.slice(8, 10) })
const joined = ({ year, month, day }: DateParts): string => (year && month && day ? `${year}-${month}-${day}` : '')
const numbers = (first: number, last: number): string[] => Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index).padStart(2, '0'))
const daysOf = (year: string, month: string): number => (month === '' ? 31 : month === '02' ? (year === '' || isLeap(Number(year)) ? 29 : 28) : ['04', '06', '09', '11'].includes(month) ? 30 : 31)
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** What can still be chosen between two dates, after what has been chosen. */
function offered({ year, month }: DateParts, from: string, until: string): { years: string[]; months: string[]; days: string[] } {
  const [least, most] = [partsOf(from), partsOf(until)]
  const years = numbers(Number(least.year), Number(most.year))
  const months = numbers(year === least.year ? Number(least.month) : 1, year === most.year ? Number(most.month) : 12)
  const isFirst = year === least.year && month === least.month
  const isLast = year === most.year && month === most.month
  return { years, months, days: numbers(isFirst ? Number(least.day) : 1, Math.min(daysOf(year, month), isLast ? Number(most.day) : 31)) }
}

/**
 * A civil date, `YYYY-MM-DD`, as three choices 年 月 日: a birthday of 1945 is three taps and never a calendar, and no browser
 * turns month and day round. `value` is '' until all three are chosen.
 */
export function DateField({ label, hint, error, value, onChange, from = '1900-01-01', until = '2100-12-31' }: PickProps & { from?: string; until?: string }) {
  const id = useId()
  const [draft, setDraft] = useState<DateParts>(() => partsOf(value))
  const [told, setTold] = useState(value)
  // The screen may set another date, or none after it was sent.
  if (told !== value) { setTold(value); setDraft(partsOf(value)) }
  const lists = offered(draft, from, until)
  const choose = (part: Partial<DateParts>) => {
    const next = { ...draft, ...part }
    // What the new year or month does not have is chosen again.
    if (!offered(next, from, until).months.includes(next.month)) next.month = ''
    if (!offered(next, from, until).days.includes(next.day)) next.day = ''
    setDraft(next)
    setTold(joined(next))
    if (joined(next) !== value) onChange(joined(next))
  }
  const part = (key: keyof DateParts, unit: string, numerals: string[], startsAt = 0) => (
    <DatePart
      id={key === 'year' ? id : `${id}-${key}`} label={`${label}，${unit}`} unit={unit} numerals={numerals} startsAt={startsAt} value={draft[key]}
      described={described(id, hint, error)} isWrong={error !== undefined} onChange={(chosen) => choose({ [key]: chosen })}
    />
  )
  return (
    <Around label={label} hint={hint} error={error} id={id}>
      <Box className={styles.date} spoken={{ role: 'group', label }}>
        {part('year', '年', lists.years, Math.floor(lists.years.length / 3))}
        {part('month', '月', lists.months)}
        {part('day', '日', lists.days)}
      </Box>
    </Around>
  )
}

interface DatePartProps {
  id: string
  label: string
  unit: string
  numerals: string[]
  /** where a wheel stands before anything is chosen */
  startsAt: number
  value: string
  described: ReturnType<typeof described>
  isWrong: boolean
  onChange: (value: string) => void
}

function DatePart({ id, label, unit, numerals, startsAt, value, described: attributes, isWrong, onChange }: DatePartProps) {
  const wordsOf = (numeral: string) => `${Number(numeral)}${unit}`
  const chosen = numerals.indexOf(value)
  const className = classes(styles.input, styles.datePart, isWrong && styles.wrong)
  if (isH5) {
    return (
      <select id={id} aria-label={label} className={classes(className, styles.select)} value={value} {...attributes} onFocus={reveal} onChange={(event) => onChange(event.target.value)}>
        <option value="">{unit}</option>
        {numerals.map((numeral) => <option key={numeral} value={numeral}>{wordsOf(numeral)}</option>)}
      </select>
    )
  }
  const shown = chosen < 0 ? unit : wordsOf(value)
  return (
    <Picker mode="selector" range={numerals.map(wordsOf)} value={chosen < 0 ? startsAt : chosen} onChange={(event) => onChange(numerals[Number(event.detail.value)] ?? '')}>
      <Box className={classes(className, styles.shown)} spoken={{ role: 'button', label: `${label}，${chosen < 0 ? '请选择' : shown}` }}>{shown}<Words className={styles.arrow}>›</Words></Box>
    </Picker>
  )
}
