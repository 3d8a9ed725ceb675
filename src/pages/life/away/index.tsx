/** In hospital or away, and home again. */
import { useRouter } from '@tarojs/taro'
import { AwayScreen } from '@/features/life/away-screen'

export default function LifeAwayPage() {
  return <AwayScreen elderId={useRouter().params['elderId'] ?? ''} />
}
