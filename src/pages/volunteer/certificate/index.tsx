/** What a volunteer did in a year, to be printed. */
import { useRouter } from '@tarojs/taro'
import { CertificateScreen } from '@/features/volunteer/certificate-screen'

export default function CertificatePage() {
  const { params } = useRouter()
  return <CertificateScreen year={params['year'] ?? ''} />
}
