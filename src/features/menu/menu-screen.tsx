/** 你点我送: what organisations bring or do at this elder's door, by kind, the cheapest first. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { PersonChooser } from '@/components/person-chooser'
import { Screen } from '@/components/screen'
import { menuSorts } from '@/domain/menu'
import { dial } from '@/services/device'
import { asOption, dutyPhone, useForWhom } from '@/services/for-whom'
import { forWords, fromPlanOf, planQuery, type WayHere } from '@/services/from-plan'
import { sortNames, unitPriceWords } from '@/services/menu-words'
import { priceWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

type Offer = OutputOf<'menu.show'>['offers'][number]

export function MenuScreen({ elderId: asked, cameBy }: { elderId: string; cameBy: WayHere }) {
  const [chosen, setChosen] = useState(asked)
  const { elder, elders, choose } = useForWhom()
  const elderId = chosen || elder?.personId || ''
  // For somebody else it is no item of this plan.
  const plan = elderId === asked ? fromPlanOf(cameBy) : null
  const menu = useQuery('menu.show', elderId ? { elderId } : null)
  const people = elders.filter((one) => one.isMe || one.scopes.includes('book')).map(asOption)
  const phone = dutyPhone()
  return (
    <Screen title="你点我送" subtitle={menu.output ? forWords(menu.output.elder.name, plan) : undefined}>
      <PersonChooser people={people} selected={elderId} onChoose={(key) => { choose(key); setChosen(key) }} />
      <Content of={menu}>
        {(shown) => shown.offers.length === 0
          ? <Empty icon="gift" title={`${shown.elder.communityName}的菜单还是空的`} next="有机构来接单，会放在这里。急用的话，可以问问社区。" {...(phone ? { action: { words: '打电话给社区', onPress: () => dial(phone) } } : {})} />
          : (
            <Box className="stack">
              <Box className="body">您点一样，机构的人送到家、做到家。</Box>
              {menuSorts.map((sort) => {
                const offers = shown.offers.filter((one) => one.sort === sort)
                if (offers.length === 0) return null
                return (
                  <Box key={sort} className="stack">
                    <Heading level={2} className="section">{sortNames[sort]}</Heading>
                    {offers.map((offer) => <OfferCard key={offer.offerId} offer={offer} onPress={() => { void Taro.navigateTo({ url: `/pages/menu/offer/index?offerId=${offer.offerId}&elderId=${elderId}${planQuery(plan)}` }) }} />)}
                  </Box>
                )
              })}
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function OfferCard({ offer, onPress }: { offer: Offer; onPress: () => void }) {
  return (
    <CardLink onPress={onPress}>
      <Box className="stack-tight">
        <Box className="between">
          <Box className="lead">{offer.name}</Box>
          <Box className="price">{unitPriceWords(priceWords(offer.priceFen), offer.unit)}</Box>
        </Box>
        <Box className="body">{offer.details}</Box>
        <Box className="small">{offer.providerName} ›</Box>
      </Box>
    </CardLink>
  )
}
