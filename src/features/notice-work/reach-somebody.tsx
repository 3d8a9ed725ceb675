/** How somebody is reached: the number to dial, or the door to go to, each looked at for this purpose and noted; and what there is to say. */
import { BigText } from '@/components/big-text'
import { Box } from '@/components/box'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { Reveal } from '@/components/reveal'
import { linesOf } from '@/domain/notice-text'
import { dial } from '@/services/device'
import { useQuery } from '@/services/use-query'
import { useUnmask } from '@/services/use-unmask'

export function ReachSomebody({ personId, name, noticeId, how }: { personId: string; name: string; noticeId: string; how: 'phone' | 'door' }) {
  const about = { by: 'person', personId } as const
  const phone = useUnmask('phone', about, 'callBack')
  const address = useUnmask('address', about, 'visit')
  const notice = useQuery('notice.show', { noticeId, elderId: personId })
  return (
    <Box className="stack">
      {how === 'door' ? <Reveal ask={`看${name}的门牌号`} icon="map-pin" question={`看${name}的门牌号，上门去？会记下来，本人看得到。`} yes="看一看" value={address.value} noneWords={`${name}没有登记地址。`} isBusy={address.isPending} problem={address.problem} onReveal={address.look} /> : null}
      <Reveal ask={`打给${name}`} icon="phone-call" question={`看${name}的手机号，打电话？会记下来，本人看得到。`} yes="看手机号" value={phone.value} noneWords={`${name}没有登记手机号。${how === 'phone' ? '记「没人应」，排到上门里。' : ''}`} isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look} action={{ words: `拨打${name}`, icon: 'phone-call', onPress: dial }} />
      <Content of={notice}>{(shown) => <Card tone="willow" label="照着说"><Box className="label">照着说</Box><BigText lines={[[shown.title], ...linesOf(shown.body), ...(shown.whatToDo === null ? [] : [[`要做的事：${shown.whatToDo}`]])]} /></Card>}</Content>
    </Box>
  )
}
