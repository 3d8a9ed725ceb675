/** 服务目录: what the subdistrict offers, what is on hold or ends; one tap opens each, and a new one is made here. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useQuery } from '@/services/use-query'
import { yuanWords } from '@/services/yuan'
import { ServiceStep } from './service-step'
import { kindWords, stateOf } from './service-words'

const open = (serviceItemId: string) => { void Taro.navigateTo({ url: `/pages/admin/service/index?serviceItemId=${serviceItemId}` }) }

export function ServicesScreen() {
  const catalogue = useQuery('admin.catalogue', {})
  const [isMaking, setMaking] = useState(false)
  const { output } = catalogue
  if (isMaking && output) return <ServiceStep communities={output.communities} providers={output.providers} onBack={() => setMaking(false)} onDone={(serviceItemId) => { setMaking(false); catalogue.reload(); open(serviceItemId) }} />
  return (
    <Screen title="服务目录" foot={<Foot main={<Button icon="plus" isDisabled={output === undefined} onPress={() => setMaking(true)}>加一项服务</Button>} />}>
      <Content of={catalogue}>
        {({ services }) => services.length === 0
          ? <Empty icon="house-heart" title="还没有服务" next="加一项，写上谁来做、哪些社区、多少钱，再排每周的时间。" />
          : (
            <Box className="stack">
              {services.map((service) => (
                <CardLink key={service.serviceItemId} tone={service.state === 'held' ? 'gold' : 'plain'} onPress={() => open(service.serviceItemId)}>
                  <Box className="between"><Box className="lead">{service.name}{'\u00a0'}›</Box><Tag tone={stateOf(service).tone}>{stateOf(service).words}</Tag></Box>
                  <Box className="body tabular">{kindWords[service.kind]} · {yuanWords(service.priceFen)}</Box>
                  <Box className="small">{service.providerName} · {service.communities} 个社区</Box>
                  {service.why ? <Box className="small">{service.why}</Box> : null}
                </CardLink>
              ))}
            </Box>
          )}
      </Content>
    </Screen>
  )
}
