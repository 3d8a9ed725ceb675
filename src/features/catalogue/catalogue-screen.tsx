/** 上门照护: what the elder's community gets, nearest first, each with the next time that is free. */
import Taro from '@tarojs/taro'
import { Fragment, useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Icon, type IconName } from '@/components/icon'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { dial } from '@/services/device'
import { asOption, dutyPhone, useForWhom } from '@/services/for-whom'
import { beginsWords, priceWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import styles from './catalogue.module.scss'

type Service = OutputOf<'catalogue.list'>['services'][number]

const drawn: readonly IconName[] = ['bath', 'scissors', 'accessibility', 'brush-cleaning', 'hand-heart']
const iconOf = (name: string): IconName => drawn.find((icon) => icon === name) ?? 'hand-heart'

export function CatalogueScreen({ elderId: asked }: { elderId: string }) {
  const [chosen, setChosen] = useState(asked)
  const { elder, elders, choose } = useForWhom()
  const elderId = chosen || elder?.personId || ''
  const list = useQuery('catalogue.list', elderId ? { elderId } : null)
  const people = elders.filter((one) => one.isMe || one.scopes.includes('book')).map(asOption)
  const phone = dutyPhone()
  return (
    <Screen title="上门照护" subtitle={list.output ? `给 ${list.output.elder.name}` : undefined}>
      <PersonChooser people={people} selected={elderId} onChoose={(key) => { choose(key); setChosen(key) }} />
      {elderId ? <CardLink tone="willow" onPress={() => { void Taro.navigateTo({ url: `/pages/menu/list/index?elderId=${elderId}` }) }}><Box className="lead">你点我送 ›</Box><Box className="body">代买、送药、修修补补、磨刀、量血压</Box></CardLink> : null}
      <Content of={list}>
        {(output) => output.services.length === 0
          ? <Empty icon="house-heart" title={`${output.elder.communityName}还没有上门的服务`} next="有了会放在这里。急用的话，可以问问社区。" {...(phone ? { action: { words: '打电话给社区', onPress: () => dial(phone) } } : {})} />
          : parted(output.services).map((service, index, all) => (
            <Fragment key={service.serviceItemId}>
            {isThere(service) && !isThere(all[index - 1]) ? <Heading level={2} className="section">去那边，有人照护</Heading> : null}
            <ServiceCard service={service} onPress={() => { void Taro.navigateTo({ url: `/pages/${service.kind === 'stay' ? 'stay/book' : 'service'}/index?serviceItemId=${service.serviceItemId}&elderId=${elderId}` }) }} />
            </Fragment>
          ))}
      </Content>
      {list.output ? <CardLink onPress={() => { void Taro.navigateTo({ url: `/pages/consult/list/index?elderId=${elderId}` }) }}><Box className="lead">不知道约什么？</Box><Box className="body">问乐龄顾问，也能请上门看看 ›</Box></CardLink> : null}
    </Screen>
  )
}

/** Half a day and nights are had in a house; all else comes to the door, and stands first. */
const isThere = (service: Service | undefined): boolean => service?.kind === 'dayCare' || service?.kind === 'stay'
const parted = (services: readonly Service[]): Service[] => [...services.filter((one) => !isThere(one)), ...services.filter(isThere)]

function ServiceCard({ service, onPress }: { service: Service; onPress: () => void }) {
  const free = service.nextFreeAt
  return (
    <CardLink onPress={onPress}>
      <Box className={styles.service}>
        <Box className={styles.picture}><Icon name={iconOf(service.icon)} size="large" /></Box>
        <Box className={styles.words}>
          <Box className="between">
            <Box className="lead">{service.name}</Box>
            <Box className="price">{service.kind === 'stay' ? '每晚 ' : service.kind === 'dayCare' ? '半天 ' : ''}{priceWords(service.priceFen)}</Box>
          </Box>
          <Box className="body">{service.summary}</Box>
          <Box className="small">{service.kind === 'homeCare' ? `${service.durationMinutes} 分钟 · ` : ''}{service.providerName}{service.walkingMinutes === null ? '' : ` · 走路 ${service.walkingMinutes} 分钟`}</Box>
          <Box className={free === null ? 'small' : 'accent'}>{free === null ? (service.kind === 'stay' ? '这阵子住满了' : '这周约满了，可以看下一周') : `最早 ${beginsWords(free)}`} ›</Box>
        </Box>
      </Box>
    </CardLink>
  )
}
