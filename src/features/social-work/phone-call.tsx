/** Telephoning somebody: the number is looked at for this purpose, noted, shown large and dialled. */
import { Reveal } from '@/components/reveal'
import type { InputOf } from '@/contract'
import { dial } from '@/services/device'
import { useUnmask } from '@/services/use-unmask'

type Look = InputOf<'person.unmask'>

interface PhoneCallProps {
  /** how they are called: 周福生, 女儿周婷 */
  name: string
  about: Look['about']
  purpose: Look['purpose']
}

export function PhoneCall({ name, about, purpose }: PhoneCallProps) {
  const phone = useUnmask('phone', about, purpose)
  return (
    <Reveal
      ask={`打给${name}`} icon="phone-call" question={`看${name}的手机号，打电话？会记下来，本人看得到。`} yes="看手机号"
      value={phone.value} noneWords={`${name}没有登记手机号。`} isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look}
      action={{ words: `拨打${name}`, icon: 'phone-call', onPress: dial }}
    />
  )
}
