/** Nights in a house. */
import { useRouter } from '@tarojs/taro'
import { StayScreen } from '@/features/stay/stay-screen'

export default function StayPage() {
  const { params } = useRouter()
  return <StayScreen serviceItemId={params['serviceItemId'] ?? ''} elderId={params['elderId'] ?? ''} cameBy={params} />
}
