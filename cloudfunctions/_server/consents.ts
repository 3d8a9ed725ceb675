/** The ledger of consents in the database: one document an account and template. */
import { newConsent, type Consent } from '../../src/domain/consent'
import { insert, read } from './cloud'
import { derivedId } from './keys'

export const consentIdOf = (accountId: string, templateId: string): string => derivedId('consent', accountId, templateId)

/** The ledger of one template, opened if it is not there yet. */
export async function consentOf(accountId: string, personId: string, templateId: string, now: number): Promise<Consent> {
  const id = consentIdOf(accountId, templateId)
  const found = await read<Consent>('consents', id)
  if (found !== null) return found
  const fresh = newConsent(id, accountId, personId, templateId, now)
  return (await insert('consents', fresh)) ? fresh : ((await read<Consent>('consents', id)) ?? fresh)
}
