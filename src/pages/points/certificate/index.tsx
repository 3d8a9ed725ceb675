/** What somebody is honoured for, to be printed. */
import { useRouter } from '@tarojs/taro'
import { HonourCertificateScreen } from '@/features/points/honour-certificate-screen'

export default function HonourCertificatePage() {
  const { params } = useRouter()
  return <HonourCertificateScreen period={params['period'] ?? ''} number={params['number'] ?? ''} />
}
