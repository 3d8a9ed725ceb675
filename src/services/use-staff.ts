/** Who works here, for screens that may be the first ones opened: tabs and the door queue need to know the person. */
import { useEffect, useState } from 'react'
import { accountSeen, noteAccount, rolesSeen } from './cache'
import { useQuery } from './use-query'

/** The roles of the person who uses this phone. Costs a call only on a phone that has not seen its person yet. */
export function useStaff(): readonly string[] {
  const [roles, setRoles] = useState(rolesSeen)
  const isKnown = accountSeen() !== undefined && roles.length > 0
  const account = useQuery('account.open', isKnown ? null : {})
  const me = account.output?.me
  useEffect(() => {
    if (!me) return
    const found = me.roles.map((grant) => grant.role)
    noteAccount(me.personId, found)
    setRoles(found)
  }, [me])
  return roles
}
