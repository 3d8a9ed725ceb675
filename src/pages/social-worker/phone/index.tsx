/** Somebody without a phone of their own rings. */
import { useRouter } from '@tarojs/taro'
import { PhoneScreen } from '@/features/people/phone-screen'

export default function PhonePage() {
  const { params } = useRouter()
  return <PhoneScreen personId={params['personId'] ?? ''} isOnlyAsking={params['only'] === 'ask'} />
}
