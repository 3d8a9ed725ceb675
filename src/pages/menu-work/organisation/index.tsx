/** One organisation. */
import { useRouter } from '@tarojs/taro'
import { OrganisationScreen } from '@/features/menu-work/organisation-screen'

export default function OrganisationPage() {
  const { params } = useRouter()
  return <OrganisationScreen providerId={params['providerId'] ?? ''} />
}
