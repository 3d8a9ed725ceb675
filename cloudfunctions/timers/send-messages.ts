/** Sends what is due in bounded batches; what WeChat cannot carry goes to the call list. */
import { sendDue } from '../_server/messages'

const BATCH = 100

export const sendMessages = (now: number): Promise<{ readonly sent: number; readonly unsent: number }> => sendDue(now, BATCH)
