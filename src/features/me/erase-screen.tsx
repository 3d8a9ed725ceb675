/** 注销: what goes and what stays is said first; the name typed by hand is the signature (law 9). */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { forgetAnswers } from '@/services/cache'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

const consequences = [
  '您的姓名、生日、电话、地址、照护须知，都会删掉，找不回来。',
  '家人不能再替您办事，您也不能再替家人办事。',
  '做过的服务记录还在，但看不出是谁。',
  '还有没做完的预约，要先办完或取消。',
]

export function EraseScreen() {
  const profile = useQuery('account.profile', {})
  const erase = useAction('account.erase')
  const [name, setName] = useState('')
  const mine = profile.output?.name
  const sentence = '写下自己的名字，点注销，您的信息就删掉了，不能反悔。'
  const read = useReadAloud(`${consequences.join('')}${sentence}`)
  return (
    <Screen
      title="注销"
      foot={(
        <Foot
          say={sentence}
          problem={erase.problem ? <Problem problem={erase.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              kind="danger" isDisabled={mine === undefined || name.trim() !== mine} isBusy={erase.isPending}
              onPress={async () => {
                if (!(await erase.run({ confirmName: name.trim() }))) return
                forgetAnswers()
                void Taro.reLaunch({ url: '/pages/first-use/welcome/index' })
              }}
            >
              注销
            </Button>
          )}
        />
      )}
    >
      <Content of={profile} shape="detail">
        {(shown) => (
          <>
            <Card><Box className="stack">{consequences.map((one) => <Box key={one} className="body">{one}</Box>)}</Box></Card>
            <Field label="请写自己的名字" value={name} onChange={setName} maxLength={20} hint={`写对「${shown.name}」，才能点注销`} />
          </>
        )}
      </Content>
    </Screen>
  )
}
