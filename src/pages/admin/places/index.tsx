/** The places of the fifteen-minute circle. */
import { PlacesScreen } from '@/features/admin/places-screen'

export default function PlacesPage() {
  return <PlacesScreen />
}
