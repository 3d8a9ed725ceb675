/** A work in a list: the picture as wide as the card, then its title and whose it is. */
import type { OutputOf } from '@/contract'
import { WidePicture } from '@/components/big-text'
import { Box } from '@/components/box'
import { CardLink } from '@/components/card'
import { likesWords, open, whoseWords } from './words'

export function WorkCard({ work }: { work: OutputOf<'gallery.list'>['items'][number] }) {
  return (
    <CardLink label={`${work.title}，${whoseWords(work)}，${likesWords(work.likes)}`} onPress={() => open('work', `workId=${work.workId}`)}>
      <Box className="stack">
        <Box spoken={{ isHidden: true }}><WidePicture address={work.url} words={work.title} isTitled /></Box>
        <Box className="stack-tight">
          <Box className="lead">{work.title}{'\u00a0'}›</Box>
          <Box className="small">{whoseWords(work)}{work.likes > 0 ? ` · ${likesWords(work.likes)}` : ''}</Box>
        </Box>
      </Box>
    </CardLink>
  )
}
