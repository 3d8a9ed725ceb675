/** The certificate of a class. */
import { useRouter } from '@tarojs/taro'
import { CertificateScreen } from '@/features/activities/certificate-screen'

export default function CertificatePage() {
  return <CertificateScreen bookingId={useRouter().params['bookingId'] ?? ''} />
}
