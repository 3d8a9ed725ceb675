/** The pictures of one activity, on its own page: the newest two, and the way to all of them. Nothing where there is none. */
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { useQuery } from '@/services/use-query'
import { WorkCard } from './work-card'
import { open } from './words'

const SHOWN = 2

export function ActivityPictures({ activityId }: { activityId: string }) {
  const { output } = useQuery('gallery.list', { activityId })
  const items = output?.items ?? []
  if (items.length === 0) return null
  return (
    <Box className="stack">
      <Heading level={2} className="section">那天的照片</Heading>
      {items.slice(0, SHOWN).map((work) => <WorkCard key={work.workId} work={work} />)}
      {items.length > SHOWN ? <Button kind="outline" onPress={() => open('list', `activityId=${activityId}`)}>看全部照片</Button> : null}
    </Box>
  )
}
