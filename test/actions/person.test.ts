/** People as staff meet them: found, seen, given codes and cards, merged, and looked at only with a trace. */
import { book } from '../../src/domain/booking'
import { DAY, HOUR } from '../../src/domain/civil-time'
import { delegation, MONDAY_NINE, newRequestId, slotOf, startWorld, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const social = () => world.phone('o_social')
const inStore = async (collection: string, id: string) => ((await world.everything())[collection] ?? []).find((document) => document['_id'] === id)

describe('at the counter', () => {
  const wish = { name: '何秀英', birthOn: '1939-02-03', communityId: 'huaguang', phone: '19000000321', address: '华光城 3 幢 101', livesAlone: true, identityCheck: 'idCardSeen' } as const

  test('whom I register stands before me, so they are verified at once; again is the same person', async () => {
    const requestId = newRequestId()
    const [one, two] = await Promise.all([social().ask('person.register', wish, requestId), social().ask('person.register', wish, requestId)])
    const { personId } = await social().do('person.register', wish, requestId)
    for (const answer of [one, two]) if (answer.ok) expect(answer.output).toEqual({ personId })
    expect(await social().codeOf('person.register', { ...wish, name: '何秀兰' }, requestId)).toBe('REQUEST_CONFLICT')
    const found = await social().do('person.find', { name: '何秀英' })
    expect(found.people).toMatchObject([{ personId, age: 87, standing: 'verified', hasAccount: false, livesAlone: true, communityName: '华光城' }])
    expect(await social().do('person.show', { personId })).toMatchObject({ phone: '190****0321', address: '华光城 3 幢 ***', seenByName: '李静', hasDoorCard: false, coming: [] })
  })
  test('another community’s counter neither registers nor finds here', async () => {
    const other = world.phone('o_social_taigu')
    expect(await other.codeOf('person.register', wish)).toBe('NOT_FOUND')
    expect(await other.do('person.find', { name: '何秀英' })).toEqual({ people: [] })
    expect(await other.do('person.find', { name: '何秀英', communityId: 'huaguang' })).toEqual({ people: [] })
    expect(await other.codeOf('person.show', { personId: 'mother' })).toBe('NOT_FOUND')
    // An administrator finds people of the whole subdistrict by name, and sees no more of them than that.
    expect((await world.phone('o_admin').do('person.find', { name: '何秀英' })).people).toMatchObject([{ communityName: '华光城', hasAccount: false }])
    expect(await world.phone('o_strange_admin').do('person.find', { name: '何秀英' })).toEqual({ people: [] })
    expect(await other.codeOf('person.show', { personId: 'nothing' })).toBe('NOT_FOUND')
  })
  test('being seen verifies, once, and not oneself', async () => {
    await world.addPerson('newcomer', { openid: 'o_newcomer', name: '林晓东', standing: 'unverified' })
    expect((await social().do('worker.today', {})).toMeet.map((person) => person.personId)).toContain('newcomer')
    const requestId = newRequestId()
    const answers = await Promise.all(Array.from({ length: 3 }, () => social().codeOf('person.confirmSeen', { personId: 'newcomer', identityCheck: 'knownInPerson' }, requestId)))
    expect(answers.filter((code) => code !== 'OK' && code !== 'TRY_AGAIN')).toEqual([])
    expect(await inStore('people', 'newcomer')).toMatchObject({ standing: 'verified', seenBy: { personId: 'social', identityCheck: 'knownInPerson' } })
    expect(await social().codeOf('person.confirmSeen', { personId: 'social', identityCheck: 'knownInPerson' })).toBe('OWN_CASE')
  })
  test('a claim code shows the same digits when asked for again, and none once the person has an account', async () => {
    await world.addPerson('elder1', { name: '示例一' })
    const requestId = newRequestId()
    const [one, two] = await Promise.all([social().ask('person.issueClaimCode', { personId: 'elder1' }, requestId), social().ask('person.issueClaimCode', { personId: 'elder1' }, requestId)])
    const again = await social().do('person.issueClaimCode', { personId: 'elder1' }, requestId)
    expect(again.code).toMatch(/^[1-9]\d{7}$/)
    expect(again.validUntil).toBeGreaterThan(MONDAY_NINE + 6 * DAY)
    for (const answer of [one, two]) if (answer.ok) expect(answer.output.code).toBe(again.code)
    expect(((await world.everything())['claimCodes'] ?? []).filter((code) => code['personId'] === 'elder1')).toHaveLength(1)
    expect((await social().do('person.issueClaimCode', { personId: 'elder1' })).code).not.toBe(again.code)
    expect(await social().codeOf('person.issueClaimCode', { personId: 'mother' })).toBe('ALREADY_CLAIMED')
  })
  test('a new door card makes the old one worthless; a repeated request prints the same', async () => {
    const requestId = newRequestId()
    const first = await social().do('person.issueDoorCard', { personId: 'elder1' }, requestId)
    expect(await social().do('person.issueDoorCard', { personId: 'elder1' }, requestId)).toEqual(first)
    const second = await social().do('person.issueDoorCard', { personId: 'elder1' })
    expect(await inStore('people', 'elder1')).toMatchObject({ doorCard: { code: second.code, issuedBy: 'social' } })
    expect(await social().do('person.issueDoorCard', { personId: 'elder1' }, requestId)).toEqual(first)
    expect(await inStore('people', 'elder1')).toMatchObject({ doorCard: { code: second.code } })
  })
})

describe('merging: nothing of either record is lost', () => {
  test('what names the dropped record names the kept one: bookings, seats, family, requests, messages, log', async () => {
    await world.addPerson('keepA', { name: '沈月娥', phone: null, address: null })
    await world.addPerson('dropA', { openid: 'o_dropA', name: '沈月娥', address: '华光城 9 幢 901', ...delegation('daughter', '王敏') })
    await world.addPerson('auntA', { openid: 'o_auntA', name: '示例姨', ...delegation('dropA', '沈月娥') })
    const { now } = await world.emulator.clock()
    await world.addSlot('mergeSlot', { startsAt: now + DAY, endsAt: now + DAY + HOUR })
    const { bookingId } = await world.phone('o_daughter').do('booking.book', { elderId: 'dropA', slotId: 'mergeSlot' })
    await world.phone('o_dropA').do('delegation.request', { elderName: '王秀珍', communityId: 'huaguang', kinship: '其他家人', scopes: ['book'], endOn: '2027-01-01' })
    await social().do('person.unmask', { field: 'phone', about: { by: 'person', personId: 'dropA' }, purpose: 'callBack' })

    const merge = { keepId: 'keepA', dropId: 'dropA' }
    expect(await social().codeOf('person.merge', merge)).toBe('LIVE_BOOKINGS')
    await world.emulator.advance(2 * DAY)
    const requestId = newRequestId()
    await social().do('person.merge', merge, requestId)
    expect(await social().do('person.merge', merge, requestId)).toEqual({ done: true })
    expect(await social().codeOf('person.merge', { ...merge, keepId: 'mother' }, requestId)).toBe('REQUEST_CONFLICT')
    expect(await social().codeOf('person.merge', merge)).toBe('NOT_FOUND')

    const profile = await world.phone('o_dropA').do('account.profile', {})
    expect(profile).toMatchObject({ personId: 'keepA', address: '华光城 9 幢 901', delegateCount: 1 })
    expect(profile.elders.map((elder) => elder.personId)).toEqual(['auntA'])
    expect((await world.phone('o_dropA').do('booking.list', { elderId: 'keepA', when: 'past' })).items.map((booking) => booking.bookingId)).toEqual([bookingId])
    expect(Object.keys((await world.slot('mergeSlot')).holders)).toEqual(['keepA'])
    expect((await world.phone('o_dropA').do('delegation.mine', {})).requests).toHaveLength(1)
    expect((await world.phone('o_dropA').do('account.log', { personId: 'keepA' })).items.map((item) => item.what)).toEqual(['merged', 'unmaskedPhone', 'booked'])
    const everything = await world.everything()
    const names = Object.entries(everything).filter(([collection]) => collection !== 'receipts').flatMap(([collection, documents]) => documents.filter((document) => document['_id'] !== 'dropA' && JSON.stringify(document).includes('"dropA"')).map((document) => `${collection}/${String(document['_id'])}`))
    expect(names).toEqual([])
    expect(await world.brokenLaws()).toEqual([])
  })
  test('a booking that is made while the record is merged away ends in one of the two, whole or not at all', async () => {
    const outcomes: string[] = []
    for (let round = 0; round < 12; round++) {
      const [keepId, dropId, slotId] = [`keepR${round}`, `dropR${round}`, `slotR${round}`]
      const { now } = await world.emulator.clock()
      await world.addPerson(keepId, { name: '示例同' })
      await world.addPerson(dropId, { openid: `o_${dropId}`, name: '示例同' })
      await world.addSlot(slotId, { startsAt: now + DAY, endsAt: now + DAY + HOUR })
      const [booked, merged] = await Promise.all([
        world.phone(`o_${dropId}`).codeOf('booking.book', { elderId: dropId, slotId }), social().codeOf('person.merge', { keepId, dropId }),
      ])
      outcomes.push(`${booked} ${merged}`)
      const [slot, bookings] = [await world.slot(slotId), ((await world.everything())['bookings'] ?? []).filter((booking) => booking['slotId'] === slotId)]
      const holder = merged === 'OK' ? keepId : dropId
      expect(bookings.map((booking) => booking['elderId'])).toEqual(booked === 'OK' ? [holder] : [])
      expect(Object.keys(slot.holders)).toEqual(booked === 'OK' ? [holder] : [])
    }
    for (const outcome of outcomes) expect(['OK LIVE_BOOKINGS', 'NOT_FOUND OK', 'OK OK', 'OK TRY_AGAIN', 'TRY_AGAIN OK']).toContain(outcome)
    await world.emulator.advance(10 * 60_000)
    expect(await world.brokenLaws()).toEqual([])
  })
  test('two humans with accounts of their own are not merged, nor one record with itself, nor across communities', async () => {
    const before = await world.everything()
    expect(await social().codeOf('person.merge', { keepId: 'mother', dropId: 'neighbour' })).toBe('MERGE_CONFLICT')
    expect(await social().codeOf('person.merge', { keepId: 'mother', dropId: 'mother' })).toBe('SAME_PERSON')
    expect(await social().codeOf('person.merge', { keepId: 'mother', dropId: 'daughter' })).toBe('NOT_FOUND')
    expect(await social().codeOf('person.merge', { keepId: 'mother', dropId: 'nothing' })).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
  })
})

describe('law 9: a number is looked at only for the work at hand, and never unseen', () => {
  const aVisit = async (id: string, status: 'booked' | 'assigned' | 'verified') => {
    const slot = slotOf(`slot_${id}`, { startsAt: MONDAY_NINE + 5 * DAY, endsAt: MONDAY_NINE + 5 * DAY + HOUR, remaining: 0, holders: { mother: { bookingId: id, at: 1 } } })
    const made = book(slot, { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }, { bookingId: id, key: id, hash: 'h', doorKey: 'd', note: null }, { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null }, 1)
    const worker = { personId: 'worker', name: '陈霞', kinIds: [] }
    await world.emulator.insert('slots', [slot])
    await world.emulator.insert('bookings', [status === 'booked' ? made : { ...made, status, worker, workerId: 'worker', openFor: null }])
  }
  const unmask = (openid: string, bookingId: string, requestId?: string) => world.phone(openid).ask('person.unmask', { field: 'address', about: { by: 'booking', bookingId }, purpose: 'visit' }, requestId)

  test('the care worker of a visit that is not over, with one entry however often it is asked', async () => {
    await aVisit('v1', 'assigned')
    const requestId = newRequestId()
    const answers = await Promise.all(Array.from({ length: 5 }, () => unmask('o_worker', 'v1', requestId)))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, output: { value: '华光城 12 幢 302' } })
    const entries = ((await world.everything())['audits'] ?? []).filter((audit) => audit['bookingId'] === 'v1')
    expect(entries).toMatchObject([{ what: 'unmaskedAddress', aboutId: 'mother', purpose: 'visit', by: { personId: 'worker', as: 'careWorker' } }])
    expect(JSON.stringify(entries)).not.toContain('12 幢')
    expect(JSON.stringify((await world.everything())['receipts'] ?? [])).not.toContain('12 幢')
    expect((await world.phone('o_mother').do('account.log', { personId: 'mother' })).items[0]).toMatchObject({ what: 'unmaskedAddress', byName: '陈霞', bookingId: 'v1', purpose: 'visit' })
    const conflict = await world.phone('o_worker').ask('person.unmask', { field: 'phone', about: { by: 'booking', bookingId: 'v1' }, purpose: 'visit' }, requestId)
    expect(conflict).toMatchObject({ ok: false, error: { code: 'REQUEST_CONFLICT' } })
  })
  test('not before it is taken, not when it is over, not by a colleague, not by naming the person', async () => {
    await aVisit('v2', 'booked')
    await aVisit('v3', 'verified')
    const before = await world.everything()
    for (const [openid, visit] of [['o_worker', 'v2'], ['o_worker', 'v3'], ['o_colleague', 'v1'], ['o_rival', 'v1']] as const) expect(await unmask(openid, visit)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await world.phone('o_worker').codeOf('person.unmask', { field: 'phone', about: { by: 'person', personId: 'mother' }, purpose: 'visit' })).toBe('NOT_FOUND')
    expect(await world.phone('o_daughter').codeOf('person.unmask', { field: 'phone', about: { by: 'person', personId: 'mother' }, purpose: 'visit' })).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
  })

  const family = [{ personId: 'daughter', name: '王敏', kinship: '女儿' }]
  const aCase = (id: string, status: 'open' | 'closed') => world.emulator.insert('safetyCases', [{
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId: null, reason: 'noContact', words: '敲门没人应', openedAt: 1, openedBy: 'worker',
    status, taken: null, closed: status === 'closed' ? { personId: 'social', name: '李静', at: 2, how: 'seenInPerson', familyPersonId: null, words: '见到了' } : null, family, rungs: [], also: [], requests: {},
  }])
  const aMessage = (id: string, state: 'toCall' | 'told') => world.emulator.insert('messages', [{
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', personId: 'daughter', personName: '王敏', accountId: null, templateId: 't', page: 'p', data: {}, gist: 'g', state, dueAt: 1, callUntil: null,
    sendingSince: null, sentAt: null, calls: state === 'told' ? [{ personId: 'social', name: '李静', at: 2, outcome: 'told' }] : [], requests: {},
  }])
  const ofCase = (safetyCaseId: string, personId = 'daughter') => ({ field: 'phone', about: { by: 'safetyCase', safetyCaseId, personId }, purpose: 'safety' }) as const
  const ofMessage = (messageId: string) => ({ field: 'phone', about: { by: 'message', messageId }, purpose: 'callBack' }) as const

  test('family who lives elsewhere, while an open case or the call list names them; they can read it', async () => {
    await aCase('case1', 'open')
    await aMessage('call1', 'toCall')
    expect(await social().codeOf('person.unmask', { field: 'phone', about: { by: 'person', personId: 'daughter' }, purpose: 'safety' })).toBe('NOT_FOUND')
    expect(await social().do('person.unmask', ofCase('case1'))).toEqual({ value: '19000000000' })
    expect(await social().do('person.unmask', ofCase('case1', 'mother'))).toEqual({ value: '19000000000' })
    expect(await social().do('person.unmask', ofMessage('call1'))).toEqual({ value: '19000000000' })
    const mine = (await world.phone('o_daughter').do('account.log', { personId: 'daughter' })).items.filter((item) => item.what === 'unmaskedPhone')
    expect(mine.map((item) => item.purpose).sort()).toEqual(['callBack', 'safety'])
  })
  test('not their address, not somebody the case does not name, not from another community, not when it is over', async () => {
    await aCase('case2', 'closed')
    await aMessage('call2', 'told')
    const before = await world.everything()
    expect(await social().codeOf('person.unmask', { ...ofCase('case1'), field: 'address' })).toBe('NOT_FOUND')
    for (const input of [ofCase('case1', 'neighbour'), ofCase('case1', 'stranger'), ofCase('nothing'), ofCase('case2'), ofMessage('call2'), ofMessage('nothing')]) expect(await social().codeOf('person.unmask', input)).toBe('NOT_FOUND')
    for (const openid of ['o_social_taigu', 'o_strange_social', 'o_worker']) for (const input of [ofCase('case1'), ofMessage('call1')]) expect(await world.phone(openid).codeOf('person.unmask', input)).toBe('NOT_FOUND')
    expect(await world.phone('o_daughter').codeOf('person.unmask', ofCase('case1'))).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
  })
})
