/** Who looked at what, who changed what. */
import { AuditScreen } from '@/features/admin/audit-screen'

export default function AuditPage() {
  return <AuditScreen />
}
