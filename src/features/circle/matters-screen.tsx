/** 一键办事: everything that can be done from here, in groups, found in plain words. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Field } from '@/components/field'
import { PersonChooser } from '@/components/person-chooser'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { asOption, useForWhom } from '@/services/for-whom'
import { groups, mattersFor } from './matters'

export function MattersScreen() {
  const { home, elder, elders, choose } = useForWhom()
  const [typed, setTyped] = useState('')
  const found = mattersFor(typed)
  return (
    <Screen title="一键办事" subtitle={elder && !elder.isMe ? `替${elder.name}办` : undefined}>
      <Field label="您想办什么" value={typed} onChange={setTyped} maxLength={20} placeholder="洗澡、饭、看病" />
      <Content of={home}>
        {() => (
          <>
            {elder ? <PersonChooser people={elders.map(asOption)} selected={elder.personId} onChoose={choose} /> : null}
            {found.length === 0 ? <Empty icon="clipboard-list" title="没有找到" next="换个说法试试，或者回首页打电话给社区。" /> : null}
            {groups.map((group) => {
              const its = found.filter((matter) => matter.group === group)
              return its.length === 0 ? null : (
                <Box key={group} className="stack">
                  <Heading level={2} className="section">{group}</Heading>
                  <Card>
                    <Rows label={group}>
                      {its.map((matter) => <Row key={matter.page} title={matter.title} detail={matter.words} onPress={() => { void Taro.navigateTo({ url: matter.needsElder && elder ? `${matter.page}?elderId=${elder.personId}` : matter.page }) }} />)}
                    </Rows>
                  </Card>
                </Box>
              )
            })}
          </>
        )}
      </Content>
    </Screen>
  )
}
