import fc from 'fast-check'
import { clash, occupy, occupyToo, release, timedAs, withoutTimeAt, type BusyTime } from '../../src/domain/busy'
import { DomainError } from '../../src/domain/error'

const time = (bookingId: string, from: number, to: number) => ({ bookingId, from, to, at: 1_000 })

describe('law 1: an elder is never in two places', () => {
  const busy = occupy([], time('bath', 100, 200), 0)

  test('what overlaps is refused and says with what', () => {
    expect(() => occupy(busy, time('hair', 199, 300), 0)).toThrow(new DomainError('ELDER_BUSY'))
  })
  test('one may begin when the other ends', () => expect(occupy(busy, time('hair', 200, 300), 0)).toHaveLength(2))
  test('a cancelled booking no longer stands in the way', () => expect(occupy(release(busy, 'bath', 50), time('hair', 150, 160), 0)).toHaveLength(2))
  test('a repeated request finds its own entry and adds none', () => expect(occupy(busy, time('bath', 100, 200), 0)).toHaveLength(1))
  test('giving back twice changes nothing more', () => expect(release(release(busy, 'bath', 50), 'bath', 90)).toEqual(release(busy, 'bath', 50)))

  test('no order of booking and cancelling ever makes two live times overlap', () => {
    const step = fc.record({ id: fc.integer({ min: 0, max: 8 }), from: fc.integer({ min: 0, max: 50 }), length: fc.integer({ min: 1, max: 20 }), isRelease: fc.boolean() })
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let current: readonly BusyTime[] = []
      for (const { id, from, length, isRelease } of steps) {
        if (isRelease) current = release(current, `b${id}`, 0)
        else {
          try {
            current = occupy(current, { ...time(`b${id}`, from + 100, from + 100 + length) }, 0)
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError)
          }
        }
        for (const one of current.filter((entry) => entry.freedAt === null)) expect(clash(current, one.from, one.to, one.bookingId)).toBeUndefined()
      }
    }))
  })
})

describe('a visit that moves', () => {
  const both = occupyToo(occupy([], time('bath', 100, 200), 0), time('bath', 300, 400), 0)
  test('has both times until it has moved, and nobody else is given either', () => {
    expect(both.filter((entry) => entry.freedAt === null)).toHaveLength(2)
    for (const from of [150, 350]) expect(() => occupy(both, time('hair', from, from + 10), 0)).toThrow(new DomainError('ELDER_BUSY'))
  })
  test('may move to a time that overlaps its own', () => expect(occupyToo(occupy([], time('bath', 100, 200), 0), time('bath', 150, 250), 0)).toHaveLength(2))
  test('leaves exactly the time that it had', () => expect(withoutTimeAt(both, 'bath', 100)).toMatchObject([{ from: 300 }]))
  test('repair keeps the time that it states, and is nothing where that is so', () => {
    const right = timedAs(both, { ...time('bath', 100, 200), at: 0 }, 50)
    expect(right).toMatchObject([{ from: 100, at: 1_000 }])
    expect(timedAs(right, { ...time('bath', 100, 200), at: 0 }, 50)).toBe(right)
  })
})
