/** A question that asks why before it is done: the reason is kept with what was done, and whoever it concerns can read it. */
import { useState, type ReactNode } from 'react'
import { Problem, type ProblemWords } from './content'
import { ConfirmSheet } from './confirm-sheet'
import { Field } from './field'

interface ReasonSheetProps {
  /** the question as a sentence */
  question: string
  yes: string
  no?: string
  /** the field: 为什么 */
  label?: string
  hint?: string
  maxLength?: number
  isDangerous?: boolean
  /** another button of the screen is the filled one */
  isBesides?: boolean
  /** likewise, but nothing ends */
  isAside?: boolean
  /** it may also be done without a word */
  isOptional?: boolean
  isBusy: boolean
  /** something else is still missing */
  isDisabled?: boolean
  problem: ProblemWords | undefined
  /** more to fill in, above the reason */
  children?: ReactNode
  /** gets what was written, trimmed */
  onYes: (reason: string) => void | Promise<unknown>
  onNo: () => void
}

export function ReasonSheet({ label = '为什么', hint, maxLength = 120, isOptional = false, isDisabled = false, problem, children, onYes, ...sheet }: ReasonSheetProps) {
  const [reason, setReason] = useState('')
  const because = reason.trim()
  return (
    <ConfirmSheet {...sheet} isDisabled={isDisabled || (!isOptional && because === '')} onYes={() => onYes(because)}>
      {problem ? <Problem problem={problem} /> : null}
      {children}
      <Field label={label} kind="many-words" value={reason} onChange={setReason} maxLength={maxLength} hint={hint} />
    </ConfirmSheet>
  )
}
