/** People of the staff, one after the other: put before another, left out, added. */
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { SelectField } from '@/components/field'

const MOST_PEOPLE = 6

interface Named {
  personId: string
  name: string
}

export function PeopleInTurn({ people, staff, onChange }: { people: readonly Named[]; staff: readonly (Named & { placeName: string })[]; onChange: (people: readonly Named[]) => void }) {
  const others = staff.filter((one) => !people.some((person) => person.personId === one.personId))
  return (
    <>
      {people.map((person, index) => (
        <Box key={person.personId} className="stack-tight">
          <Box className="lead">{index + 1}. {person.name}</Box>
          <Box className="pair">
            {index === 0 ? null : <Button kind="outline" label={`提前，${person.name}`} onPress={() => onChange([...people.slice(0, index - 1), person, ...people.slice(index - 1, index), ...people.slice(index + 1)])}>提前</Button>}
            <Button kind="outline" label={`去掉，${person.name}`} onPress={() => onChange(people.filter((one) => one.personId !== person.personId))}>去掉</Button>
          </Box>
        </Box>
      ))}
      {people.length < MOST_PEOPLE && others.length > 0
        ? (
          <SelectField
            label="加一位" value="" emptyWords="选一位" options={others.map((one) => ({ key: one.personId, words: `${one.name} · ${one.placeName}` }))}
            onChange={(key) => { const chosen = others.find((one) => one.personId === key); if (chosen) onChange([...people, { personId: chosen.personId, name: chosen.name }]) }}
          />
        )
        : null}
    </>
  )
}
