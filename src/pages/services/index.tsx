/** What can be booked. */
import { useRouter } from '@tarojs/taro'
import { CatalogueScreen } from '@/features/catalogue/catalogue-screen'

export default function ServicesPage() {
  const { params } = useRouter()
  return <CatalogueScreen elderId={params['elderId'] ?? ''} />
}
