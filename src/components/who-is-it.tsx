/** Nothing is done for somebody of whom it is not known who they are: they stand here, or are asked on the telephone. */
import { Box } from './box'
import { Button } from './button'
import type { ProblemWords } from './content'
import { Notice } from './notice'
import { Foot } from './screen'

interface WhoIsItProps {
  problem: ProblemWords
  onHere: () => void
  onAsk: () => void
}

/** The same at the bottom of a screen, in the place of the act that has to wait for it. */
export function WhoIsItFoot({ problem, onHere, onAsk }: WhoIsItProps) {
  return (
    <Foot
      problem={<Notice tone="gold" icon="shield-check" title={problem.title} isAnnounced>{problem.next}</Notice>}
      other={<Button kind="outline" onPress={onHere}>本人就在面前</Button>}
      main={<Button onPress={onAsk}>电话里核对</Button>}
    />
  )
}

export function WhoIsIt({ problem, onHere, onAsk }: WhoIsItProps) {
  return (
    <Notice
      tone="gold" icon="shield-check" title={problem.title} isAnnounced
      actions={<Box className="stack"><Button kind="outline" onPress={onHere}>本人就在面前</Button><Button kind="outline" onPress={onAsk}>电话里核对</Button></Box>}
    >
      {problem.next}
    </Notice>
  )
}
