/**
 * Something to fill in: its name above, a hint below, and what is wrong with it in words. What was typed is never lost by an error.
 * H5 uses the browser's own controls, so that name, error and keyboard come with them.
 */
import { Input, Picker, Textarea } from '@tarojs/components'
import { useId, type FocusEvent, type ReactNode } from 'react'
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
          <select id={id} className={classes(styles.input, styles.select)} value={value} {...described(id, hint, error)} onFocus={reveal} onChange={(event) => onChange(event.target.value)}>
            {chosen ? null : <option value="">{emptyWords}</option>}
            {options.map((option) => <option key={option.key} value={option.key}>{option.words}</option>)}
          </select>
        )
        : (
          <Picker mode="selector" range={options.map((option) => option.words)} value={Math.max(0, options.findIndex((option) => option.key === value))} onChange={(event) => onChange(options[Number(event.detail.value)]?.key ?? value)}>
            <Box className={classes(styles.input, styles.shown)} spoken={{ role: 'button', label: `${label}，${chosen?.words ?? emptyWords}` }}>{chosen?.words ?? emptyWords}<Words className={styles.arrow}>›</Words></Box>
          </Picker>
        )}
    </Around>
  )
}

/** A civil date, `YYYY-MM-DD`. */
export function DateField({ label, hint, error, value, onChange, from, until }: PickProps & { from?: string; until?: string }) {
  const id = useId()
  const range = { ...(from ? { from } : {}), ...(until ? { until } : {}) }
  return (
    <Around label={label} hint={hint} error={error} id={id}>
      {isH5
        ? <input id={id} className={styles.input} type="date" value={value} min={range.from} max={range.until} {...described(id, hint, error)} onFocus={reveal} onChange={(event) => onChange(event.target.value)} />
        : (
          <Picker mode="date" value={value} {...(from ? { start: from } : {})} {...(until ? { end: until } : {})} onChange={(event) => onChange(event.detail.value)}>
            <Box className={classes(styles.input, styles.shown)} spoken={{ role: 'button', label: `${label}，${value || '请选择'}` }}>{value || '请选择'}<Words className={styles.arrow}>›</Words></Box>
          </Picker>
        )}
    </Around>
  )
}
