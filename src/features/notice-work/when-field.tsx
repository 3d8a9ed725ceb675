/** A day and a time of day, as one instant. */
import { Box } from '@/components/box'
import { DateField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { addDays, civilDate, instantOf, minuteOfDay } from '@/domain/civil-time'

const DAYS_AHEAD = 60

export function WhenField({ label, hour, value, now, onChange }: { label: string; /** the name of the second field: 几点发 */ hour: string; value: number; now: number; onChange: (at: number) => void }) {
  const today = civilDate(now)
  return (
    <Box className="stack">
      <DateField label={label} value={civilDate(value)} onChange={(onDate) => { if (onDate !== '') onChange(instantOf(onDate, minuteOfDay(value))) }} from={today} until={addDays(today, DAYS_AHEAD)} />
      <MinuteField label={hour} value={minuteOfDay(value)} onChange={(minute) => onChange(instantOf(civilDate(value), minute))} />
    </Box>
  )
}
