/** The counter 柜台: somebody stands here, or telephones. Find them, or register them. */
import Taro from '@tarojs/taro'
import { Button } from '@/components/button'
import { Screen } from '@/components/screen'
import { FindPeople } from './find-people'

const register = () => { void Taro.navigateTo({ url: '/pages/social-worker/register/index' }) }

export function FindScreen() {
  return (
    <Screen title="柜台">
      <FindPeople
        label="找哪一位" onChoose={(person) => { void Taro.navigateTo({ url: `/pages/social-worker/person/index?personId=${person.personId}` }) }}
        onNone={{ words: '登记这位', onPress: register }}
      />
      <Button kind="quiet" icon="plus" onPress={register}>登记一位新来的</Button>
    </Screen>
  )
}
