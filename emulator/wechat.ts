// WeChat's side of things, as far as the product meets it: what WeChat knows of a demo person, who agreed to
// which messages, what was sent, and codes from the phone-number button. Durable, beside the documents.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'

/** A demo person as WeChat knows them. */
export interface WeChatAccount {
  readonly openid: string
  readonly phone?: string
  readonly nickname?: string
}

/** A message template of the mini-program's account. A keyword's key starts with its type (thing1, time2 …). */
export interface MessageTemplate {
  readonly id: string
  readonly title: string
  readonly keywords: readonly { readonly key: string; readonly label: string }[]
  /** One consent lasts (长期订阅), instead of one consent for one message. */
  readonly isLongTerm: boolean
}

/** A message that WeChat delivered. `at` is demo time. */
export interface SentMessage {
  readonly seq: number
  readonly at: number
  readonly openid: string
  readonly nickname: string
  readonly templateId: string
  readonly title: string
  readonly page: string
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  readonly text: string
}

const phoneCodeLifeMs = 5 * 60_000
const longTermQuota = -1

/** Thrown when WeChat would refuse; `errcode` is WeChat's. */
export class WeChatError extends Error {
  constructor(readonly errcode: number, message: string) {
    super(message)
  }
}

/** What WeChat keeps. */
export class WeChat {
  private readonly db: Database.Database
  private secret = ''

  /** `templatesFile` is read at each use, so that editing it needs no restart. */
  constructor(folder: string, private readonly templatesFile: string, private readonly now: () => number) {
    mkdirSync(folder, { recursive: true })
    this.db = new Database(join(folder, 'wechat.db'))
    this.db.pragma('journal_mode = WAL')
    this.db.pragma('synchronous = NORMAL')
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS accounts (openid TEXT PRIMARY KEY, phone TEXT, nickname TEXT);
      CREATE TABLE IF NOT EXISTS consents (openid TEXT, templateId TEXT, remaining INTEGER, PRIMARY KEY (openid, templateId));
      CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);
      CREATE TABLE IF NOT EXISTS phoneCodes (code TEXT PRIMARY KEY, openid TEXT, expiresAt INTEGER, isUsed INTEGER);
      CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT);`)
    this.begin()
  }

  /** Signs what only this emulator may have issued: tokens, storage addresses. */
  sign(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('base64url')
  }

  isSigned(text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text))
    const given = Buffer.from(signature)
    return expected.length === given.length && timingSafeEqual(expected, given)
  }

  /** A token for H5's stand-in of WeChat's login. It survives a restart of the emulator. */
  token(openid: string): string {
    const name = Buffer.from(openid).toString('base64url')
    return `${name}.${this.sign(`login:${openid}`)}`
  }

  /** Whose token this is; undefined when it is nobody's. */
  openidOf(token: string): string | undefined {
    const [name = '', signature = ''] = token.split('.')
    const openid = Buffer.from(name, 'base64url').toString('utf8')
    return openid !== '' && this.isSigned(`login:${openid}`, signature) ? openid : undefined
  }

  saveAccount({ openid, phone, nickname }: WeChatAccount): void {
    this.db.prepare('INSERT INTO accounts VALUES (?, ?, ?) ON CONFLICT (openid) DO UPDATE SET phone = coalesce(excluded.phone, phone), nickname = coalesce(excluded.nickname, nickname)')
      .run(openid, phone ?? null, nickname ?? null)
  }

  accounts(): WeChatAccount[] {
    const rows = this.db.prepare('SELECT openid, phone, nickname FROM accounts ORDER BY rowid').all() as { openid: string; phone: string | null; nickname: string | null }[]
    return rows.map(({ openid, phone, nickname }) => ({ openid, ...(phone === null ? {} : { phone }), ...(nickname === null ? {} : { nickname }) }))
  }

  account(openid: string): WeChatAccount | undefined {
    return this.accounts().find(account => account.openid === openid)
  }

  templates(): MessageTemplate[] {
    let text: string
    try {
      text = readFileSync(this.templatesFile, 'utf8')
    } catch {
      return []
    }
    const { templates = [] } = JSON.parse(text) as { templates?: { id: string; title: string; keywords: (string | { key: string; label?: string })[]; longTerm?: boolean }[] }
    return templates.map(({ id, title, keywords, longTerm }) => ({
      id, title, isLongTerm: longTerm === true,
      keywords: keywords.map(keyword => (typeof keyword === 'string' ? { key: keyword, label: '' } : { key: keyword.key, label: keyword.label ?? '' })),
    }))
  }

  /**
   * Records the answer to a subscription prompt: each acceptance is worth one message (a long-term template: all
   * until refused). @throws WeChatError for more than three templates (20003) or one that does not exist (20001)
   */
  answerPrompt(openid: string, templateIds: readonly string[], accepts: (id: string) => boolean): Record<string, 'accept' | 'reject'> {
    if (templateIds.length === 0 || templateIds.length > 3) throw new WeChatError(20003, 'Templates count out of max bounds')
    const templates = this.templates()
    const chosen = templateIds.map(id => {
      const template = templates.find(each => each.id === id)
      if (!template) throw new WeChatError(20001, `No template data return: ${id}`)
      return template
    })
    const answers: Record<string, 'accept' | 'reject'> = {}
    for (const { id, isLongTerm } of chosen) {
      const isAccepted = accepts(id)
      answers[id] = isAccepted ? 'accept' : 'reject'
      if (isAccepted && isLongTerm) this.setQuota(openid, id, longTermQuota)
      if (isAccepted && !isLongTerm) this.setQuota(openid, id, this.quota(openid, id) + 1)
      if (!isAccepted && isLongTerm) this.setQuota(openid, id, 0)
    }
    return answers
  }

  /** Messages that may still be sent; -1 for as many as one likes. */
  quota(openid: string, templateId: string): number {
    const row = this.db.prepare('SELECT remaining FROM consents WHERE openid = ? AND templateId = ?').get(openid, templateId) as { remaining: number } | undefined
    return row?.remaining ?? 0
  }

  /** Delivers a message and uses up one consent. @throws WeChatError 40003, 40037, 47003, 43101 */
  send({ touser, template_id, page, data }: { touser?: unknown; template_id?: unknown; page?: unknown; data?: unknown }): void {
    if (typeof touser !== 'string' || touser === '') throw new WeChatError(40003, 'invalid openid')
    const template = this.templates().find(({ id }) => id === template_id)
    if (!template) throw new WeChatError(40037, 'invalid template_id')
    const lines = fill(template, data)
    const remaining = this.quota(touser, template.id)
    if (remaining === 0) throw new WeChatError(43101, 'user refuse to accept the msg')
    const message: Omit<SentMessage, 'seq'> = {
      at: this.now(), openid: touser, nickname: this.account(touser)?.nickname ?? '', templateId: template.id, title: template.title,
      page: typeof page === 'string' ? page : '', lines, text: lines.map(({ label, value }) => (label === '' ? value : `${label}：${value}`)).join('\n'),
    }
    this.db.transaction(() => {
      if (remaining !== longTermQuota) this.setQuota(touser, template.id, remaining - 1)
      this.db.prepare('INSERT INTO messages (body) VALUES (?)').run(JSON.stringify(message))
    })()
  }

  /** Sent messages, oldest first: those after `since`, the last `limit` of them. */
  outbox(since = 0, limit = 500): SentMessage[] {
    const rows = this.db.prepare('SELECT seq, body FROM messages WHERE seq > ? ORDER BY seq DESC LIMIT ?').all(since, limit) as { seq: number; body: string }[]
    return rows.reverse().map(({ seq, body }) => ({ seq, ...(JSON.parse(body) as Omit<SentMessage, 'seq'>) }))
  }

  /** What a tap on WeChat's phone-number button hands to the page: good once, for five minutes. */
  issuePhoneCode(openid: string): string {
    const code = randomBytes(16).toString('hex')
    this.db.prepare('INSERT INTO phoneCodes VALUES (?, ?, ?, 0)').run(code, openid, this.now() + phoneCodeLifeMs)
    return code
  }

  /** The phone number behind a code. @throws WeChatError 40029 for an unknown or expired code, 40163 for a used one */
  redeemPhoneCode(code: unknown): string {
    const row = typeof code === 'string'
      ? (this.db.prepare('SELECT openid, expiresAt, isUsed FROM phoneCodes WHERE code = ?').get(code) as { openid: string; expiresAt: number; isUsed: number } | undefined)
      : undefined
    if (!row || row.expiresAt < this.now()) throw new WeChatError(40029, 'code is invalid')
    if (row.isUsed === 1) throw new WeChatError(40163, 'code been used')
    const phone = this.account(row.openid)?.phone
    if (phone === undefined) throw new WeChatError(40029, 'the account has no phone number')
    this.db.prepare('UPDATE phoneCodes SET isUsed = 1 WHERE code = ?').run(String(code))
    return phone
  }

  /** Forgets everything: accounts, consents, messages, codes and tokens. */
  reset(): void {
    for (const table of ['accounts', 'consents', 'messages', 'phoneCodes', 'secrets']) this.db.exec(`DELETE FROM ${table}`)
    this.begin()
  }

  close(): void {
    this.db.close()
  }

  private setQuota(openid: string, templateId: string, remaining: number): void {
    this.db.prepare('INSERT INTO consents VALUES (?, ?, ?) ON CONFLICT (openid, templateId) DO UPDATE SET remaining = excluded.remaining').run(openid, templateId, remaining)
  }

  private begin(): void {
    this.db.prepare('INSERT OR IGNORE INTO secrets VALUES (?, ?)').run('signing', randomBytes(32).toString('hex'))
    this.secret = (this.db.prepare('SELECT value FROM secrets WHERE name = ?').get('signing') as { value: string }).value
  }
}

/**
 * What a keyword's value may be, by the type its key starts with.
 * Source: WeChat's documentation of subscription messages, 订阅消息参数值内容限制说明.
 */
const keywordRules: Record<string, (value: string) => boolean> = {
  thing: value => [...value].length <= 20,
  number: value => /^[\d.,+-]{1,32}$/.test(value),
  letter: value => /^[A-Za-z]{1,32}$/.test(value),
  symbol: value => [...value].length <= 5,
  character_string: value => /^[\x20-\x7e]{1,32}$/.test(value),
  time: value => /\d{1,2}:\d{2}/.test(value) && value.length <= 40,
  date: value => /^\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2})/.test(value) && value.length <= 40,
  amount: value => /^[¥$€£]?\d{1,10}(\.\d+)?元?$/.test(value),
  phone_number: value => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: value => [...value].length <= 8,
  name: value => (/^[\x20-\x7e]+$/.test(value) ? value.length <= 20 : [...value].length <= 10),
  phrase: value => [...value].length <= 5,
}

function fill(template: MessageTemplate, data: unknown): { label: string; value: string }[] {
  const given = (typeof data === 'object' && data !== null ? data : {}) as Record<string, { value?: unknown } | undefined>
  for (const key of Object.keys(given)) {
    if (!template.keywords.some(keyword => keyword.key === key)) throw new WeChatError(47003, `argument invalid! data.${key} is not a keyword of the template`)
  }
  return template.keywords.map(({ key, label }) => {
    const value = given[key]?.value
    const text = typeof value === 'number' ? String(value) : value
    const rule = keywordRules[key.replace(/\d+$/, '')]
    if (typeof text !== 'string' || text.trim() === '' || !rule?.(text)) throw new WeChatError(47003, `argument invalid! data.${key}.value invalid`)
    return { label, value: text }
  })
}
