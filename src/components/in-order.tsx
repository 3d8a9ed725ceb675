/** People in the order in which they are called, each but the first with one tap that puts them before the others. */
import { Box } from './box'
import { Button } from './button'
import { Card } from './card'

interface InOrderProps {
  /** what the order is about, for who does not see the card */
  label: string
  people: readonly { key: string; name: string }[]
  isBusy: boolean
  /** the whole order, with this person first */
  onFirst: (keys: string[], name: string) => void
}

export function InOrder({ label, people, isBusy, onFirst }: InOrderProps) {
  return (
    <Card label={label}>
      <Box className="stack">
        {people.map(({ key, name }, index) => (
          <Box key={key} className="stack-tight">
            <Box className="lead">{index + 1}. {name}</Box>
            {index === 0 ? null : <Button kind="outline" isBusy={isBusy} label={`先打给${name}`} onPress={() => onFirst([key, ...people.filter((one) => one.key !== key).map((one) => one.key)], name)}>先打给{name}</Button>}
          </Box>
        ))}
      </Box>
    </Card>
  )
}
