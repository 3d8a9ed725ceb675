/** 乐龄风采: works of neighbours and pictures of activities, newest first, big. */
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Content, Empty, Problem } from '@/components/content'
import { Pager } from '@/components/pager'
import { Screen } from '@/components/screen'
import { usePages } from '@/services/use-pages'
import { WorkCard } from './work-card'
import { open } from './words'

/** `activityId` null: everything. */
export function ListScreen({ activityId }: { activityId: string | null }) {
  const pages = usePages('gallery.list', activityId === null ? {} : { activityId })
  const { first, items, problem } = pages
  return (
    <Screen title={activityId === null ? '乐龄风采' : '活动照片'} subtitle={activityId === null ? undefined : items[0]?.activity?.title}>
      {activityId === null
        ? (
          <Box className="stack">
            <Box className="body">邻居写的、画的、拍的、做的，还有活动照片。</Box>
            <Box className="pair">
              <Button kind="outline" icon="plus" onPress={() => open('hand-in')}>交作品</Button>
              <Button kind="outline" onPress={() => open('mine')}>我的作品</Button>
            </Box>
          </Box>
        )
        : null}
      <Content of={first}>
        {() => (
          <Box className="stack">
            {items.length === 0
              ? activityId === null
                ? <Empty icon="award" title="还没有作品" next="写的字、画的画、拍的照片、做的手工，都可以交来给大家看。" action={{ words: '交一幅作品', onPress: () => open('hand-in') }} />
                : <Empty icon="award" title="还没有照片" next="社区放上来以后，就在这里看。" />
              : items.map((work) => <WorkCard key={work.workId} work={work} />)}
            {problem ? <Problem problem={problem} /> : null}
            <Pager {...pages} of="作品" />
          </Box>
        )}
      </Content>
    </Screen>
  )
}
