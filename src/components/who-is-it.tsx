/** Nothing is done for somebody of whom it is not known who they are: they stand here, or are asked on the telephone. */
import { Box } from './box'
import { Button } from './button'
import type { ProblemWords } from './content'
import { Notice } from './notice'

export function WhoIsIt({ problem, onHere, onAsk }: { problem: ProblemWords; onHere: () => void; onAsk: () => void }) {
  return (
    <Notice
      tone="gold" icon="shield-check" title={problem.title} isAnnounced
      actions={<Box className="stack"><Button kind="outline" onPress={onHere}>本人就在面前</Button><Button kind="outline" onPress={onAsk}>电话里，去核对</Button></Box>}
    >
      {problem.next}
    </Notice>
  )
}
