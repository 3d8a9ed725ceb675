/** The catalogue of services. */
import { ServicesScreen } from '@/features/admin/services-screen'

export default function AdminServicesPage() {
  return <ServicesScreen />
}
