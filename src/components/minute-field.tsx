/** A time of day, chosen from quarters of an hour; one that stands on another minute stays choosable. */
import { SelectField } from './field'

const QUARTER = 15
const LAST = 24 * 60 - QUARTER

/** Minutes since midnight as a clock shows them: 570 → 09:30. */
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export function MinuteField({ label, hint, value, onChange, from = 0, until = LAST }: { label: string; hint?: string; value: number; onChange: (minute: number) => void; from?: number; until?: number }) {
  const quarters = Array.from({ length: Math.floor((until - from) / QUARTER) + 1 }, (_, index) => from + index * QUARTER)
  const minutes = quarters.includes(value) ? quarters : [...quarters, value].sort((a, b) => a - b)
  return <SelectField label={label} hint={hint} value={String(value)} onChange={(key) => onChange(Number(key))} options={minutes.map((minute) => ({ key: String(minute), words: clock(minute) }))} />
}
