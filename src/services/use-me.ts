/** Who uses this phone: known from any earlier answer, asked for only on a phone that has not heard it yet. */
import { accountSeen } from './cache'
import { useQuery } from './use-query'

/** My person's id; undefined until it is known. */
export function useMyId(): string | undefined {
  const seen = accountSeen()
  const account = useQuery('account.open', seen === undefined ? {} : null)
  return seen ?? account.output?.me?.personId
}
