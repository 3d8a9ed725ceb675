/** One thing from the menu. */
import { useRouter } from '@tarojs/taro'
import { OfferScreen } from '@/features/menu/offer-screen'

export default function OfferPage() {
  const { params } = useRouter()
  return <OfferScreen offerId={params['offerId'] ?? ''} elderId={params['elderId'] ?? ''} cameBy={params} />
}
