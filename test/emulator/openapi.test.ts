// WeChat's open interfaces through the real SDK: subscription messages and their quota, checks, codes, phone numbers.
import { inflateSync } from 'node:zlib'
import type { EmulatorClient } from '../../emulator/client'
import { riskyImageMarker } from '../../emulator/openapi'
import { probe, startWithFixtures } from './harness'

let emulator: EmulatorClient
beforeAll(async () => {
  emulator = await startWithFixtures({ maxInstances: 2 })
})
afterAll(() => emulator.stop())

describe('subscription messages', () => {
  const message = (touser: string, fields: object = {}): object => ({
    touser, page: 'pages/visit/index', templateId: 'tpl_once', data: { thing1: { value: '助浴' }, time2: { value: '3月2日 09:00' } }, ...fields,
  })

  it('sends one message for one consent, and refuses the next', async () => {
    expect(await probe(emulator, 'send', message('demo_a'))).toMatchObject({ failed: { errCode: 43101 } })
    expect(await emulator.subscribe('demo_a', ['tpl_once'])).toEqual({ tpl_once: 'accept' })
    await emulator.saveAccount({ openid: 'demo_a', nickname: '王敏' })
    expect(await probe(emulator, 'send', message('demo_a'))).toMatchObject({ value: { errCode: 0 } })
    expect(await probe(emulator, 'send', message('demo_a'))).toMatchObject({ failed: { errCode: 43101, errMsg: expect.stringMatching(/refuse/) } })
    expect(await emulator.outbox()).toMatchObject([{ openid: 'demo_a', nickname: '王敏', title: '上门提醒', page: 'pages/visit/index', text: '服务：助浴\n时间：3月2日 09:00' }])
  })

  it('adds consents up, and counts a refusal as none', async () => {
    await emulator.subscribe('demo_b', ['tpl_once'])
    await emulator.subscribe('demo_b', ['tpl_once'])
    expect(await emulator.subscribe('demo_b', ['tpl_once'], false)).toEqual({ tpl_once: 'reject' })
    const outcomes = [await probe(emulator, 'send', message('demo_b')), await probe(emulator, 'send', message('demo_b')), await probe(emulator, 'send', message('demo_b'))]
    expect(outcomes.map(({ failed }) => failed?.errCode ?? 0)).toEqual([0, 0, 43101])
  })

  it('sends a long-term template as often as one likes, until it is refused', async () => {
    const lasting = { touser: 'demo_c', templateId: 'tpl_lasting', data: { thing1: { value: '没联系上' } } }
    await emulator.subscribe('demo_c', ['tpl_lasting'])
    for (let turn = 0; turn < 3; turn += 1) expect(await probe(emulator, 'send', lasting)).toMatchObject({ value: { errCode: 0 } })
    await emulator.subscribe('demo_c', ['tpl_lasting'], { tpl_lasting: false })
    expect(await probe(emulator, 'send', lasting)).toMatchObject({ failed: { errCode: 43101 } })
  })

  it('holds the template and its fields, and a refused message costs no consent', async () => {
    await emulator.subscribe('demo_d', ['tpl_once'])
    const refused = async (fields: object): Promise<number | undefined> => (await probe(emulator, 'send', message('demo_d', fields))).failed?.errCode
    expect(await refused({ templateId: 'tpl_unknown' })).toBe(40037)
    expect(await refused({ touser: '' })).toBe(40003)
    expect(await refused({ data: { thing1: { value: '助浴' } } })).toBe(47003)
    expect(await refused({ data: { thing1: { value: '长'.repeat(21) }, time2: { value: '09:00' } } })).toBe(47003)
    expect(await refused({ data: { thing1: { value: '助浴' }, time2: { value: '明天' } } })).toBe(47003)
    expect(await refused({ data: { thing1: { value: '助浴' }, time2: { value: '09:00' }, thing9: { value: '多' } } })).toBe(47003)
    expect(await refused({})).toBeUndefined()
  })

  it('asks for at most three templates at once, all of them known', async () => {
    await expect(emulator.subscribe('demo_a', ['tpl_once', 'a', 'b', 'c'])).rejects.toThrow(/20003/)
    await expect(emulator.subscribe('demo_a', ['tpl_unknown'])).rejects.toThrow(/20001/)
  })
})

describe('checks of content', () => {
  const check = (content: string): Promise<unknown> => probe(emulator, 'checkText', { content, version: 2, scene: 2, openid: 'demo_a' })

  it('passes plain text and marks risky text', async () => {
    expect(await check('想请人来助浴')).toMatchObject({ value: { errCode: 0, result: { suggest: 'pass', label: 100 } } })
    expect(await check('来我家赌博')).toMatchObject({ value: { result: { suggest: 'risky' } } })
    expect(await probe(emulator, 'checkText', { content: 'x', version: 2, scene: 2, openid: '' })).toMatchObject({ failed: { errCode: 40003 } })
  })

  it('passes a picture and refuses a marked one', async () => {
    const picture = (text: string): string => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from(text)]).toString('base64')
    expect(await probe(emulator, 'checkImage', { bytes: picture('a garden') })).toMatchObject({ value: { errCode: 0 } })
    expect(await probe(emulator, 'checkImage', { bytes: picture(`..${riskyImageMarker}..`) })).toMatchObject({ failed: { errCode: 87014 } })
  })
})

describe('mini-program codes', () => {
  it('is a real picture of a square code', async () => {
    const { value } = await probe<{ contentType: string; base64: string }>(emulator, 'code', { scene: 'door=v1', page: 'pages/door/index' })
    expect(value?.contentType).toBe('image/png')
    const png = Buffer.from(value?.base64 ?? '', 'base64')
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    const { width, height, rows } = pixels(png)
    expect([width, height]).toEqual([430, 430])
    // The finder pattern in the upper left corner: dark edge, light ring, dark heart.
    const middle = rows.find(row => row.includes('1'))
    expect(middle).toMatch(/^0+1+0+/)
  })

  it('refuses scenes that WeChat refuses', async () => {
    expect(await probe(emulator, 'code', { scene: '门'.repeat(3) })).toMatchObject({ failed: { errCode: 40169 } })
    expect(await probe(emulator, 'code', { scene: 'x'.repeat(33) })).toMatchObject({ failed: { errCode: 40169 } })
    expect(await probe(emulator, 'code', { scene: 'a', page: '/pages/door/index' })).toMatchObject({ failed: { errCode: 41030 } })
  })
})

describe('the phone-number button', () => {
  it('gives a code that opens the account\'s number once', async () => {
    await emulator.saveAccount({ openid: 'demo_a', phone: '13800001111' })
    const code = await emulator.phoneCode('demo_a')
    expect(await probe(emulator, 'phone', { code })).toMatchObject({ value: { phoneInfo: { phoneNumber: '13800001111', purePhoneNumber: '13800001111', countryCode: '86' } } })
    expect(await probe(emulator, 'phone', { code })).toMatchObject({ failed: { errCode: 40163 } })
    expect(await probe(emulator, 'phone', { code: 'made up' })).toMatchObject({ failed: { errCode: 40029 } })
  })

  it('gives a code that lasts five minutes', async () => {
    const code = await emulator.phoneCode('demo_a')
    await emulator.advance(5 * 60_000 + 1)
    expect(await probe(emulator, 'phone', { code })).toMatchObject({ failed: { errCode: 40029 } })
  })
})

describe('what is not there', () => {
  it('refuses an interface that config.json does not declare', async () => {
    expect(await probe(emulator, 'undeclared')).toMatchObject({ failed: { errCode: -604101 } })
  })

  it('says that open data is not supported', async () => {
    expect(await probe(emulator, 'openData')).toMatchObject({ failed: { errMsg: expect.stringMatching(/not supported/) } })
  })
})

/** Rows of a one-bit or eight-bit greyscale, palette or RGBA picture as strings of 0 (light) and 1 (dark). */
function pixels(png: Buffer): { width: number; height: number; rows: string[] } {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 1
  const packed: Buffer[] = []
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, at + 8 + size))
    at += 12 + size
  }
  const raw = inflateSync(Buffer.concat(packed))
  const stride = width * channels + 1
  const rows: string[] = []
  const previous = new Uint8Array(stride)
  for (let y = 0; y < height; y += 1) {
    const line = new Uint8Array(stride)
    let text = ''
    for (let x = 1; x < stride; x += 1) {
      const left = x > channels ? (line[x - channels] ?? 0) : 0
      const up = previous[x] ?? 0
      const corner = x > channels ? (previous[x - channels] ?? 0) : 0
      line[x] = ((raw[y * stride + x] ?? 0) + unfiltered(raw[y * stride] ?? 0, left, up, corner)) & 255
      if ((x - 1) % channels === 0) text += (line[x] ?? 0) < 128 ? '1' : '0'
    }
    previous.set(line)
    rows.push(text)
  }
  return { width, height, rows }
}

function unfiltered(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
