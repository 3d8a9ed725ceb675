/** A time of day, chosen from quarters of an hour; one that stands on another minute stays choosable. */
import { SelectField } from '@/components/field'
import { minuteWords } from './policy-words'

const QUARTER = 15
const LAST = 24 * 60 - QUARTER

export function MinuteField({ label, hint, value, onChange, from = 0, until = LAST }: { label: string; hint?: string; value: number; onChange: (minute: number) => void; from?: number; until?: number }) {
  const quarters = Array.from({ length: Math.floor((until - from) / QUARTER) + 1 }, (_, index) => from + index * QUARTER)
  const minutes = quarters.includes(value) ? quarters : [...quarters, value].sort((a, b) => a - b)
  return <SelectField label={label} hint={hint} value={String(value)} onChange={(key) => onChange(Number(key))} options={minutes.map((minute) => ({ key: String(minute), words: minuteWords(minute) }))} />
}
