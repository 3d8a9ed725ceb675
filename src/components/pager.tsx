/** Leafing through a long list, a page at a time. */
import { Box } from './box'
import { Button } from './button'

export interface PagerProps {
  /** what is leafed through, where several lists stand on one screen */
  of?: string
  hasNext: boolean
  hasPrevious: boolean
  next: () => void | Promise<void>
  previous: () => void
  isLoading: boolean
}

/** Nothing, when everything is on one page. */
export function Pager({ of, hasNext, hasPrevious, next, previous, isLoading }: PagerProps) {
  if (!hasNext && !hasPrevious) return null
  return (
    <Box className="stack" spoken={{ role: 'navigation', label: of ? `翻页，${of}` : '翻页' }}>
      {hasNext ? <Button kind="outline" {...(of ? { label: `下一页，${of}` } : {})} isBusy={isLoading} onPress={next}>下一页</Button> : null}
      {hasPrevious ? <Button kind="outline" {...(of ? { label: `上一页，${of}` } : {})} onPress={previous}>上一页</Button> : null}
    </Box>
  )
}
