/** Whose passbook: my own, or that of an elder who lets me spend their points. Chosen with the same switch as everywhere else. */
import type { ElderChoice } from '@/contract'
import type { PersonOption } from '@/components/person-chooser'
import { asOption, useForWhom, type ForWhom } from '@/services/for-whom'

export interface Owner {
  home: ForWhom['home']
  /** '' until it is known */
  personId: string
  /** 您, or the elder's name */
  name: string
  isMe: boolean
  people: readonly PersonOption[]
  choose: (personId: string) => void
  /** the elder who was chosen elsewhere and did not hand over points: what is shown is one's own */
  withheldBy: string | undefined
  /** nobody I act for: the passbook of a group, or one that staff look at */
  isElsewhere: boolean
}

const maySpend = (elder: ElderChoice): boolean => elder.isMe || elder.scopes.includes('spendPoints')

/** @param given whom the screen was opened for, a group maybe; '' or nobody: whoever was chosen last */
export function useOwner(given = ''): Owner {
  const { home, elder, elders, choose } = useForWhom()
  const own = elders.filter(maySpend)
  const me = elders.find((one) => one.isMe)
  const wanted = given === '' ? elder : elders.find((one) => one.personId === given)
  // Nobody I act for: a group of mine, or somebody at the counter. Whether I may see it, the server says.
  const isElsewhere = given !== '' && wanted === undefined
  const owner = isElsewhere ? undefined : wanted && maySpend(wanted) ? wanted : me
  const personId = isElsewhere ? given : (owner?.personId ?? home.output?.me.personId ?? '')
  const isMe = !isElsewhere && (owner?.isMe ?? personId === home.output?.me.personId)
  return { home, personId, name: isMe ? '您' : (owner?.name ?? ''), isMe, people: own.map(asOption), choose, withheldBy: wanted && !maySpend(wanted) ? wanted.name : undefined, isElsewhere: isElsewhere && home.output !== undefined }
}
