/**
 * Subscription message templates 订阅消息模板: one consent carries one message. WeChat asks for at most three at a time,
 * inside a tap, and only where it makes sense to the person.
 */
export const templateIds = {
  booked: 'tpl_booked', reminder: 'tpl_reminder', arrived: 'tpl_arrived', toConfirm: 'tpl_toConfirm', cancelled: 'tpl_cancelled', alert: 'tpl_alert', toVerify: 'tpl_toVerify', expiry: 'tpl_expiry',
  notice: 'tpl_notice', digest: 'tpl_digest', answered: 'tpl_answered', offer: 'tpl_offer',
} as const

/** After booking: being reminded, hearing that the worker arrived, being asked to confirm. */
export const askAfterBooking: readonly string[] = [templateIds.reminder, templateIds.arrived, templateIds.toConfirm]

/** After beginning to wait: hearing that a seat is held. */
export const askAfterWaiting: readonly string[] = [templateIds.offer]

/** After asking something under a notice: hearing the answer. */
export const askAfterQuestion: readonly string[] = [templateIds.answered]

/** After reading a notice: hearing of the next one, and of what is new in the evening. */
export const askAfterNotice: readonly string[] = [templateIds.notice, templateIds.digest]

/** Templates that a person allows for good: only where WeChat grants the category such templates. None until it has. */
export const longTermTemplates: readonly string[] = []
