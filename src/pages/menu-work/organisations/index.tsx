/** Organisations that deliver. */
import { OrganisationsScreen } from '@/features/menu-work/organisations-screen'

export default function OrganisationsPage() {
  return <OrganisationsScreen />
}
