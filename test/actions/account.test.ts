/** First use, what is kept about me, and how it goes away again. */
import { TERMS_VERSION } from '../../src/domain/terms'
import { DAY, HOUR } from '../../src/domain/civil-time'
import { newRequestId, startWorld, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const accept = { termsVersion: TERMS_VERSION }
const inStore = async (collection: string, id: string) => ((await world.everything())[collection] ?? []).find((document) => document['_id'] === id)
/** Where a word still stands, with what is around it. */
const around = (text: string, word: string) => text.split(word).slice(1).map((after, index) => `${text.split(word)[index]?.slice(-60) ?? ''}${word}${after.slice(0, 60)}`)
let serial = 0
/** A phone that opens the app for the first time and has accepted the terms. */
async function newPhone() {
  const phone = world.phone(`o_new_${++serial}`)
  await phone.do('account.acceptTerms', accept)
  return phone
}

describe('law 9: nothing about a caller is kept before consent', () => {
  test('opening says what is next and writes nothing', async () => {
    const before = await world.everything()
    const phone = world.phone('o_first')
    expect(await phone.do('account.open', {})).toMatchObject({ stage: 'terms', termsVersion: TERMS_VERSION, subdistrictName: '东柳街道', me: null })
    expect(await phone.codeOf('account.register', { name: '林晓东', birthOn: '1955-07-19', communityId: 'huaguang' })).toBe('TERMS_REQUIRED')
    expect(await phone.codeOf('account.acceptTerms', { termsVersion: '2019-01' })).toBe('BAD_INPUT')
    expect(await world.everything()).toEqual(before)
  })
  test('consent is kept with its version and time, once', async () => {
    const phone = world.phone('o_first')
    const requestId = newRequestId()
    await phone.do('account.acceptTerms', accept, requestId)
    const first = await inStore('accounts', 'o_first')
    expect(first).toMatchObject({ termsVersion: TERMS_VERSION, personId: null })
    expect(first?.['termsAt']).toBeGreaterThan(0)
    await phone.do('account.acceptTerms', accept, requestId)
    expect(await inStore('accounts', 'o_first')).toEqual(first)
    expect(await phone.codeOf('account.acceptTerms', { termsVersion: 'x' }, requestId)).toBe('REQUEST_CONFLICT')
    expect(await phone.do('account.open', {})).toMatchObject({ stage: 'claim' })
    expect(await phone.codeOf('account.profile', {})).toBe('CLAIM_REQUIRED')
  })
  test('who accepted older terms is asked again', async () => {
    expect(await world.phone('o_neighbour').do('account.open', {})).toMatchObject({ stage: 'terms' })
    await world.phone('o_neighbour').do('account.acceptTerms', accept)
    expect(await world.phone('o_neighbour').do('account.open', {})).toMatchObject({ stage: 'ready', me: { name: '周福生', communityName: '华光城' } })
  })
})

describe('claiming with a code from the counter', () => {
  const issue = async (personId: string) => (await world.phone('o_social').do('person.issueClaimCode', { personId })).code

  test('the account becomes the person; the digits stand nowhere in the store', async () => {
    await world.addPerson('elderA', { name: '何秀英', phone: null })
    const code = await issue('elderA')
    expect(JSON.stringify(await world.everything())).not.toContain(code)
    const phone = await newPhone()
    const requestId = newRequestId()
    expect(await phone.do('account.claimByCode', { code }, requestId)).toEqual({ name: '何秀英' })
    expect(await phone.do('account.claimByCode', { code }, requestId)).toEqual({ name: '何秀英' })
    expect(await phone.codeOf('account.claimByCode', { code: '99999999' }, requestId)).toBe('REQUEST_CONFLICT')
    expect(await phone.do('account.profile', {})).toMatchObject({ personId: 'elderA', standing: 'verified' })
    expect(await (await newPhone()).codeOf('account.claimByCode', { code })).toBe('CLAIM_CODE_EXPIRED')
    expect(await phone.codeOf('account.claimByCode', { code })).toBe('ALREADY_CLAIMED')
  })
  test('two phones with one code at once: one becomes the person', async () => {
    await world.addPerson('elderB', { name: '沈月娥' })
    const code = await issue('elderB')
    const phones = await Promise.all(Array.from({ length: 6 }, newPhone))
    const outcomes = await Promise.all(phones.map((phone) => phone.codeOf('account.claimByCode', { code })))
    expect(outcomes.filter((outcome) => outcome === 'OK')).toHaveLength(1)
    expect(outcomes.filter((outcome) => !['OK', 'CLAIM_CODE_EXPIRED', 'ALREADY_CLAIMED', 'TRY_AGAIN'].includes(outcome))).toEqual([])
    const accounts = ((await world.everything())['accounts'] ?? []).filter((account) => account['personId'] === 'elderB')
    expect(accounts.map((account) => account['_id'])).toEqual([(await inStore('people', 'elderB'))?.['accountId']])
  })
  test('one phone with two codes at once: it becomes one person, and the other stays free', async () => {
    await world.addPerson('elderC', { name: '示例甲' })
    await world.addPerson('elderD', { name: '示例乙' })
    const codes = [await issue('elderC'), await issue('elderD')]
    const phone = await newPhone()
    const outcomes = await Promise.all(codes.map((code) => phone.codeOf('account.claimByCode', { code })))
    expect(outcomes.filter((outcome) => outcome === 'OK')).toHaveLength(1)
    const claimed = ((await world.everything())['people'] ?? []).filter((person) => person['accountId'] === phone.openid)
    expect(claimed).toHaveLength(1)
    expect((await inStore('accounts', phone.openid))?.['personId']).toBe(claimed[0]?.['_id'])
  })
  test('a week later the code is worthless', async () => {
    await world.addPerson('elderE', { name: '示例丙' })
    const code = await issue('elderE')
    const phone = await newPhone()
    await world.emulator.advance(7 * DAY)
    expect(await phone.codeOf('account.claimByCode', { code })).toBe('CLAIM_CODE_EXPIRED')
  })
  test('five wrong guesses close the door for a while, and write nothing else', async () => {
    const phone = await newPhone()
    const before = await world.everything()
    const guesses = []
    for (let guess = 0; guess < 6; guess++) guesses.push(await phone.ask('account.claimByCode', { code: `1111111${guess}` }))
    expect(guesses.map((answer) => (answer.ok ? 'OK' : answer.error.code))).toEqual([...Array<string>(5).fill('CLAIM_CODE_WRONG'), 'TOO_MANY_ATTEMPTS'])
    expect(guesses[0]).toMatchObject({ error: { details: { left: 4 } } })
    expect(await world.everything()).toEqual(before)
    await world.emulator.advance(HOUR)
    expect(await phone.codeOf('account.claimByCode', { code: '11111116' })).toBe('CLAIM_CODE_WRONG')
  })
  test('forty guesses at once are no more than five', async () => {
    const phone = await newPhone()
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, guess) => phone.codeOf('account.claimByCode', { code: String(22222200 + guess) })))
    expect(outcomes.filter((outcome) => outcome === 'CLAIM_CODE_WRONG').length).toBeLessThanOrEqual(5)
    expect(outcomes.filter((outcome) => outcome !== 'CLAIM_CODE_WRONG' && outcome !== 'TOO_MANY_ATTEMPTS')).toEqual([])
  })
})

describe('claiming by the phone number that WeChat verified', () => {
  const tap = async (openid: string, phone: string) => {
    await world.emulator.saveAccount({ openid, phone, nickname: '示例' })
    return world.emulator.phoneCode(openid)
  }
  test('one unclaimed resident has it: claimed', async () => {
    await world.addPerson('elderF', { name: '示例丁', phone: '19000000777' })
    const phone = await newPhone()
    const phoneCode = await tap(phone.openid, '19000000777')
    const requestId = newRequestId()
    expect(await phone.do('account.claimByPhone', { phoneCode }, requestId)).toEqual({ outcome: 'claimed', name: '示例丁' })
    expect(await phone.do('account.claimByPhone', { phoneCode }, requestId)).toEqual({ outcome: 'claimed', name: '示例丁' })
  })
  test('a couple shares it: told so, and nobody is claimed; nobody has it: told so; both also when repeated', async () => {
    for (const id of ['elderG', 'elderH']) await world.addPerson(id, { name: `示例${id.at(-1) ?? ''}`, phone: '19000000888' })
    const phone = await newPhone()
    const requestId = newRequestId()
    const phoneCode = await tap(phone.openid, '19000000888')
    expect(await phone.do('account.claimByPhone', { phoneCode }, requestId)).toEqual({ outcome: 'several', name: null })
    expect(await phone.do('account.claimByPhone', { phoneCode }, requestId)).toEqual({ outcome: 'several', name: null })
    expect(await phone.do('account.claimByPhone', { phoneCode: await tap(phone.openid, '19000000999') })).toEqual({ outcome: 'none', name: null })
    expect(await phone.codeOf('account.claimByPhone', { phoneCode: 'made-up' })).toBe('BAD_INPUT')
  })
})

describe('registering', () => {
  const wish = { name: '林晓东', birthOn: '1955-07-19', communityId: 'huaguang', address: '华光城 6 幢 401' }
  test('a new resident stays unverified, whatever is sent; again is the same one', async () => {
    const phone = await newPhone()
    const requestId = newRequestId()
    const answers = await Promise.all([phone.ask('account.register', wish, requestId), phone.ask('account.register', wish, requestId)])
    const made = await phone.do('account.register', wish, requestId)
    for (const answer of answers) if (answer.ok) expect(answer.output).toEqual(made)
    expect(await phone.do('account.profile', {})).toMatchObject({ personId: made.personId, standing: 'unverified', address: '华光城 6 幢 401' })
    expect(await phone.codeOf('account.register', { ...wish, name: '林晓西' }, requestId)).toBe('REQUEST_CONFLICT')
    expect(await phone.codeOf('account.register', wish)).toBe('ALREADY_CLAIMED')
    expect(((await world.everything())['people'] ?? []).filter((person) => person['accountId'] === phone.openid)).toHaveLength(1)
  })
  test('words that must not be shown, a community that is not there and a birthday to come are refused, and nothing is written', async () => {
    const phone = await newPhone()
    const before = await world.everything()
    expect(await phone.codeOf('account.register', { ...wish, communityId: 'faraway' })).toBe('BAD_INPUT')
    expect(await phone.codeOf('account.register', { ...wish, birthOn: '2031-01-01' })).toBe('BAD_INPUT')
    expect(await phone.codeOf('account.register', { ...wish, address: '赌博' })).toBe('CONTENT_REFUSED')
    expect(await world.everything()).toEqual(before)
  })
})

describe('care notes', () => {
  test('are kept with consent and removed with it', async () => {
    const phone = world.phone('o_mother')
    await phone.do('account.setCareNotes', { consent: true, careNotes: '听力不太好' })
    expect(await phone.do('account.profile', {})).toMatchObject({ hasCareNotesConsent: true, careNotes: '听力不太好' })
    await phone.do('account.setCareNotes', { consent: false })
    expect(await phone.do('account.profile', {})).toMatchObject({ hasCareNotesConsent: false, careNotes: null })
    expect(JSON.stringify(await inStore('people', 'mother'))).not.toContain('听力')
  })
})

describe('law 5: the elder sees who did what in her name', () => {
  test('acts of family and looks at her number, newest first, paged, and nobody else’s', async () => {
    const elder = world.phone('o_logged')
    await world.addPerson('logged', {
      openid: 'o_logged', name: '示例戊', delegateIds: ['daughter'],
      delegates: { daughter: { personId: 'daughter', name: '王敏', kinship: '女儿', scopes: ['book'], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'logged', name: '示例戊', how: 'elderTap' }, endedAt: null, endedBy: null } },
    })
    const { now } = await world.emulator.clock()
    for (let day = 1; day <= 13; day++) await world.addSlot(`log${day}`, { startsAt: now + day * DAY, endsAt: now + day * DAY + HOUR })
    for (let day = 1; day <= 13; day++) {
      await world.phone('o_daughter').do('booking.book', { elderId: 'logged', slotId: `log${day}` })
      if (day % 4 === 0) await world.phone('o_social').do('person.unmask', { field: 'phone', about: { by: 'person', personId: 'logged' }, purpose: 'counter' })
    }
    const seen = []
    let cursor: string | undefined
    do {
      const page = await elder.do('account.log', cursor === undefined ? { personId: 'logged' } : { personId: 'logged', cursor })
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen.filter((item) => item.what === 'booked')).toHaveLength(13)
    expect(seen.filter((item) => item.what === 'unmaskedPhone')).toHaveLength(3)
    expect(seen.map((item) => item.at)).toEqual([...seen.map((item) => item.at)].sort((a, b) => b - a))
    expect(seen.find((item) => item.what === 'booked')).toMatchObject({ byName: '王敏', as: 'family', kinship: '女儿', scope: 'book', about: '11月24日的助浴' })
    expect(seen.find((item) => item.what === 'unmaskedPhone')).toMatchObject({ byName: '李静', as: 'socialWorker', purpose: 'counter' })
    expect(await world.phone('o_neighbour').codeOf('account.log', { personId: 'logged' })).toBe('NOT_FOUND')
  })
})

describe('law 9: export and erasure', () => {
  test('an export holds what is kept about me and no secrets', async () => {
    const { json } = await world.phone('o_mother').do('account.export', {})
    const kept = JSON.parse(json) as Record<string, unknown>
    expect(kept).toMatchObject({ person: { name: '王秀珍', phone: '19000000000' }, account: { termsVersion: expect.any(String) } })
    expect(json).not.toMatch(/doorKey|requests|madeBy/)
  })

  test('erasing reaches every place that carries the id, keeps the entries of others, and says the same when repeated', async () => {
    await world.addPerson('leaving', {
      openid: 'o_leaving', name: '告别人', phone: '19000000555', kinIds: ['leavingSon'], delegateIds: ['daughter'],
      delegates: { daughter: { personId: 'daughter', name: '王敏', kinship: '女儿', scopes: ['book'], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'leaving', name: '告别人', how: 'elderTap' }, endedAt: null, endedBy: null } },
    })
    await world.addPerson('leavingSon', { name: '示例之子', kinIds: ['leaving'] })
    await world.addPerson('aunt', {
      name: '示例姨', openid: 'o_aunt', delegateIds: ['leaving'],
      delegates: { leaving: { personId: 'leaving', name: '告别人', kinship: '兄弟姐妹', scopes: ['book', 'alerts'], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'aunt', name: '示例姨', how: 'elderTap' }, endedAt: null, endedBy: null } },
    })
    const leaving = world.phone('o_leaving')
    const { now } = await world.emulator.clock()
    await world.addSlot('leave1', { startsAt: now + DAY, endsAt: now + DAY + HOUR })
    await world.addSlot('leave2', { startsAt: now + 2 * DAY, endsAt: now + 2 * DAY + HOUR })
    const { bookingId } = await world.phone('o_daughter').do('booking.book', { elderId: 'leaving', slotId: 'leave1' })
    const forAunt = await leaving.do('booking.book', { elderId: 'aunt', slotId: 'leave2' })
    await leaving.do('delegation.request', { elderName: '王秀珍', communityId: 'huaguang', kinship: '其他家人', scopes: ['book'], endOn: '2027-01-01' })
    await world.phone('o_social').do('person.unmask', { field: 'phone', about: { by: 'person', personId: 'leaving' }, purpose: 'callBack' })
    await world.emulator.fire('timers', 'lookAtBookings')

    expect(await leaving.codeOf('account.erase', { confirmName: '告别人' })).toBe('LIVE_BOOKINGS')
    await world.emulator.advance(3 * DAY)
    expect(await leaving.codeOf('account.erase', { confirmName: '别的人' })).toBe('BAD_INPUT')
    const requestId = newRequestId()
    expect(await leaving.do('account.erase', { confirmName: '告别人' }, requestId)).toEqual({ done: true })
    expect(await leaving.do('account.erase', { confirmName: '告别人' }, requestId)).toEqual({ done: true })
    expect(await leaving.codeOf('account.erase', { confirmName: '告别' }, requestId)).toBe('REQUEST_CONFLICT')
    expect(await leaving.codeOf('account.erase', { confirmName: '告别人' })).toBe('TERMS_REQUIRED')

    const left = JSON.stringify(await world.everything())
    for (const trace of ['"leaving"', 'o_leaving', '19000000555']) expect(around(left, trace)).toEqual([])
    expect(around(left, '告别人')).toEqual([])
    const booking = await inStore('bookings', bookingId)
    expect(booking).toMatchObject({ elderName: '已注销' })
    expect(Object.keys((await world.slot('leave1')).holders)).toEqual([booking?.['elderId']])
    expect((await world.phone('o_aunt').do('booking.show', { bookingId: forAunt.bookingId })).timeline[0]).toMatchObject({ what: 'booked', byName: '已注销', as: 'family' })
    expect((await world.phone('o_aunt').do('delegation.ofMe', {})).delegates).toEqual([])
    expect(await world.phone('o_social').do('person.find', { name: '已注销' }).catch(() => ({ people: [] }))).toEqual({ people: [] })
    expect(await world.brokenLaws()).toEqual([])
  })

  test('an erasure that was interrupted is finished by the clock', async () => {
    await world.addPerson('halfway', { openid: 'o_halfway', name: '半路人' })
    await world.phone('o_halfway').do('booking.list', { elderId: 'halfway', when: 'coming' })
    await world.emulator.insert('messages', Array.from({ length: 450 }, (_, index) => ({
      _id: `half${index}`, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'halfway', personId: 'halfway', personName: '半路人', accountId: 'o_halfway', templateId: 't', page: 'p', data: {}, gist: '半路人',
      state: 'sent', dueAt: 1, sendingSince: null, sentAt: 2, calls: [], requests: {},
    })))
    await world.phone('o_halfway').do('account.erase', { confirmName: '半路人' })
    expect(JSON.stringify(await world.everything())).toContain('half4')
    await world.emulator.fire('timers', 'settle')
    for (const trace of ['"halfway"', '半路人', 'o_halfway']) expect(around(JSON.stringify(await world.everything()), trace)).toEqual([])
  })
})
