/** Consultations whose time has come: an answer that is overdue, a review, a consent that is over, what is to be told. */
import { dueConsultations, settleConsultation } from '../_server/consultations'
import { each } from './each'

export async function lookAtConsultations(now: number): Promise<{ readonly looked: number; readonly failed: number }> {
  const due = await dueConsultations(now)
  const failed = await each(due, (one) => settleConsultation(one, now))
  return { looked: due.length, failed }
}
