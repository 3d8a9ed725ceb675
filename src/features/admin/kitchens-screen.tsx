/** 助餐点: every kitchen of the subdistrict, when it serves and until when it takes orders. */
import Taro from '@tarojs/taro'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { wayWords } from '@/services/meal-words'
import { useQuery } from '@/services/use-query'
import { hoursSentences, type Way } from './policy-words'

const open = (kitchenId: string) => { void Taro.navigateTo({ url: `/pages/admin/kitchen/index${kitchenId === '' ? '' : `?kitchenId=${kitchenId}`}` }) }
const waysWords = (ways: readonly Way[]): string => ways.map((way) => wayWords(way)).join('、')

export function KitchensScreen() {
  const kitchens = useQuery('admin.kitchens', {})
  return (
    <Screen title="助餐点" foot={<Foot main={<Button icon="plus" onPress={() => open('')}>开一个助餐点</Button>} />}>
      <Content of={kitchens}>
        {(shown) => shown.kitchens.length === 0
          ? <Empty icon="building-2" title="还没有助餐点" next="在下面开一个，写明什么时候供餐、订到几点。" />
          : (
            <Box className="stack">
              {shown.kitchens.map((kitchen) => (
                <CardLink key={kitchen.kitchenId} onPress={() => open(kitchen.kitchenId)}>
                  <Box className="stack">
                    <Box className="between">
                      <Box className="lead">{kitchen.name}</Box>
                      {kitchen.isOpen ? <Tag>供餐</Tag> : <Tag tone="plain">停了</Tag>}
                    </Box>
                    <Box>{hoursSentences(kitchen.hours).map((sentence) => <Box key={sentence} className="body tabular">{sentence}</Box>)}</Box>
                    <Box className="stack-tight">
                      <Fact term="怎么取">{waysWords(kitchen.ways)}</Fact>
                      <Fact term="服务社区">{kitchen.communityIds.length === shown.communities.length ? `全部 ${shown.communities.length} 个` : shown.communities.filter((one) => kitchen.communityIds.includes(one.communityId)).map((one) => one.name).join('、')}</Fact>
                      <Fact term="厨房">{kitchen.staffNames.join('、') || '还没有人'}</Fact>
                      <Fact term="送餐">{kitchen.courierNames.join('、') || '还没有人'}</Fact>
                    </Box>
                  </Box>
                </CardLink>
              ))}
            </Box>
          )}
      </Content>
    </Screen>
  )
}
