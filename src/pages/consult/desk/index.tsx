/** A care consultant's work. */
import { ConsultDeskScreen } from '@/features/consult-work/desk-screen'

export default function ConsultDeskPage() {
  return <ConsultDeskScreen />
}
