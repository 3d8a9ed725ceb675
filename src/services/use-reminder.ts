/** Asks whether messages may be sent, inside a tap, and keeps the answer in the ledger of consents: what is not kept there is never sent. */
import { askForMessages } from './subscribe'
import { useAction } from './use-action'

export function useReminder(templateIds: readonly string[]) {
  const { run, isPending, problem } = useAction('consent.record')
  /** @returns what was answered, once it is kept; undefined if it could not be */
  const ask = async (): Promise<'accept' | 'reject' | undefined> => {
    const answers = await askForMessages(templateIds)
    const kept = await run({ answers: Object.entries(answers).map(([templateId, answer]) => ({ templateId, answer })) })
    return kept && (Object.values(answers).includes('accept') ? 'accept' : 'reject')
  }
  return { ask, isPending, problem }
}
