/** Leafing through a long list, a page at a time. */
import { Box } from './box'
import { Button } from './button'

interface PagerProps {
  hasNext: boolean
  hasPrevious: boolean
  next: () => void | Promise<void>
  previous: () => void
  isLoading: boolean
}

/** Nothing, when everything is on one page. */
export function Pager({ hasNext, hasPrevious, next, previous, isLoading }: PagerProps) {
  if (!hasNext && !hasPrevious) return null
  return (
    <Box className="stack" spoken={{ role: 'navigation', label: '翻页' }}>
      {hasNext ? <Button kind="outline" isBusy={isLoading} onPress={next}>下一页</Button> : null}
      {hasPrevious ? <Button kind="outline" onPress={previous}>上一页</Button> : null}
    </Box>
  )
}
