/** 商户: where points are spent, who works there, and each month's settlement; the providers whose visits points can pay. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useQuery } from '@/services/use-query'
import { MerchantStep } from './merchant-step'

type Merchants = OutputOf<'merchant.list'>
type Merchant = Merchants['merchants'][number]

const SHOWN = 5
const settlement = (merchantId: string) => { void Taro.navigateTo({ url: `/pages/merchant/month/index?merchantId=${merchantId}` }) }
const named = (names: readonly string[], none: string): string => names.join('、') || none

export function MerchantsScreen() {
  const merchants = useQuery('merchant.list', {})
  const [editing, setEditing] = useState<Merchant | 'new' | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  if (editing !== null) return <MerchantStep merchant={editing === 'new' ? null : editing} onBack={() => setEditing(null)} onDone={(words) => { setEditing(null); setAnswered(words); merchants.reload() }} />
  const edit = (merchant: Merchant | 'new') => { setAnswered(null); setEditing(merchant) }
  return (
    <Screen title="商户" subtitle="示例" foot={<Foot main={<Button icon="plus" onPress={() => edit('new')}>加一家商户</Button>} />}>
      {answered ? <Notice isAnnounced title={answered}>店里的人，在「工作人员」里加。</Notice> : null}
      <Content of={merchants}>
        {(shown) => (
          <>
            {shown.merchants.length === 0 ? <Empty icon="building-2" title="还没有商户" next="在下面加一家，积分才有地方用。" /> : null}
            <Parts rows={shown.merchants} size={SHOWN} of="商户">
              {(rows) => rows.map((merchant) => (
                <Card key={merchant.merchantId} label={merchant.name}>
                  <Box className="stack">
                    <Box className="between">
                      <Box className="lead">{merchant.name}</Box>
                      {merchant.isOpen ? <Tag>开着</Tag> : <Tag tone="plain">停了</Tag>}
                    </Box>
                    <Box>
                      <Fact term="地址">{merchant.address}</Fact>
                      <Fact term="电话">{merchant.phone}</Fact>
                      <Fact term="店里的人">{named(merchant.staffNames, '还没有')}</Fact>
                      <Fact term="能换">{named(merchant.rewardNames, '还没有')}</Fact>
                    </Box>
                    <Box className="pair">
                      <Button kind="outline" label={`改，${merchant.name}`} onPress={() => edit(merchant)}>改</Button>
                      <Button kind="outline" label={`每月结算，${merchant.name}`} onPress={() => settlement(merchant.merchantId)}>每月结算</Button>
                    </Box>
                  </Box>
                </Card>
              ))}
            </Parts>
            {shown.providers.length > 0 ? <Heading level={2} className="section">上门服务，也能用积分付</Heading> : null}
            <Parts rows={shown.providers} size={SHOWN} of="上门服务">
              {(rows) => rows.map((provider) => (
                <Card key={provider.merchantId} label={provider.name}>
                  <Box className="stack">
                    <Box>
                      <Box className="lead">{provider.name}</Box>
                      <Fact term="电话">{provider.phone}</Fact>
                      <Fact term="能换">{named(provider.rewardNames, '还没有')}</Fact>
                    </Box>
                    <Button kind="outline" icon="file-text" label={`每月结算，${provider.name}`} onPress={() => settlement(provider.merchantId)}>每月结算</Button>
                  </Box>
                </Card>
              ))}
            </Parts>
          </>
        )}
      </Content>
    </Screen>
  )
}
