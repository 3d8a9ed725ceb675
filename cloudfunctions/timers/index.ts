/**
 * The clock's work. Trusts nobody but the platform's own trigger: "no OPENID" is also true of other callers. Every job
 * may run twice, late, or be killed half-way, and comes to the same end.
 */
import { caller, messageOf } from '../_server/cloud'
import { now } from '../_server/clock'
import { announceExpiry } from './announce-expiry'
import { announceLicences } from './announce-licences'
import { checkLedger } from './check-ledger'
import { escalate } from './escalate'
import { bookSeries } from './book-series'
import { expirePoints } from './expire-points'
import { forget } from './forget'
import { freezeSheets } from './freeze-sheets'
import { generateSlots } from './generate-slots'
import { composeHonours, countVotes } from './honours'
import { lookForFraud } from './look-for-fraud'
import { lookAtBookings } from './look-at-bookings'
import { lookAtConsultations } from './look-at-consultations'
import { lookAtShifts } from './look-at-shifts'
import { lookAtTakingPart } from './look-at-taking-part'
import { lookAtWaitlists } from './look-at-waitlists'
import { releaseProjects } from './release-projects'
import { sealDay } from './seal-day'
import { pointsReport } from './points-report'
import { selfCheck } from './self-check'
import { sendMessages } from './send-messages'
import { settle } from './settle'
import { settlePoints } from './settle-points'
import { settleStock } from './settle-stock'
import { sweepFiles } from './sweep-files'
import { digestNotices, tellNotices } from './tell-notices'

const jobs: Readonly<Record<string, (at: number) => Promise<object>>> = { generateSlots, lookAtBookings, lookAtShifts, releaseProjects, escalate, sendMessages, settle, settlePoints, settleStock, expirePoints, announceExpiry, pointsReport, selfCheck, forget, freezeSheets, sealDay, checkLedger, composeHonours, countVotes, lookForFraud, tellNotices, digestNotices, lookAtTakingPart, bookSeries, lookAtWaitlists, lookAtConsultations, announceLicences, sweepFiles }

export async function main(event: { readonly TriggerName?: unknown } | null): Promise<object> {
  const { openid, source } = caller()
  if (openid !== null || source !== 'wx_trigger') return { ok: false, error: { code: 'NOT_ALLOWED' } }
  const name = String(event?.TriggerName ?? '')
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined
  if (!job) return { ok: false, error: { code: 'UNKNOWN_ACTION' } }
  try {
    return { ok: true, output: await job(now()) }
  } catch (error) {
    console.error(JSON.stringify({ job: name, fault: messageOf(error).slice(0, 300) }))
    return { ok: false, error: { code: 'UNEXPECTED' } }
  }
}
