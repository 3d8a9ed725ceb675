/** Every kitchen of the subdistrict. */
import { KitchensScreen } from '@/features/admin/kitchens-screen'

export default function KitchensPage() {
  return <KitchensScreen />
}
