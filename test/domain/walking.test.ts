/** How far it is from community to community. */
import { declaredWays, nearestFirst, walkBetween } from '../../src/domain/walking'
import { refusalOf } from './support'

const table = { anju: { jinyuan: 6, taigu: 15 }, taigu: { jinyuan: 9 } }

test('the way is the same both ways, nothing within a community, and unknown where nobody has said', () => {
  expect([walkBetween(table, 'anju', 'taigu'), walkBetween(table, 'taigu', 'anju'), walkBetween(table, 'anju', 'anju'), walkBetween(table, 'anju', 'far'), walkBetween(undefined, 'anju', 'taigu')]).toEqual([15, 15, 0, null, null])
})

test('one’s own community comes first, the unknown ones last', () => {
  expect(nearestFirst(table, 'jinyuan', ['far', 'anju', 'taigu', 'jinyuan', 'farther'])).toEqual(['jinyuan', 'anju', 'taigu', 'far', 'farther'])
  expect(nearestFirst(undefined, 'taigu', ['anju', 'taigu', 'jinyuan'])).toEqual(['taigu', 'anju', 'jinyuan'])
})

test('declared ways are whole minutes from communities that there are, each once; none at all is the straight line again', () => {
  const known = ['anju', 'taigu']
  expect(declaredWays([{ communityId: 'anju', minutes: 12 }], known)).toEqual({ anju: 12 })
  expect(declaredWays([], known)).toEqual({})
  for (const minutes of [0, -3, 121, 400, 2.5, Number.NaN]) expect(refusalOf(() => declaredWays([{ communityId: 'anju', minutes }], known))).toBe('BAD_INPUT')
  expect(refusalOf(() => declaredWays([{ communityId: 'far', minutes: 5 }], known))).toBe('BAD_INPUT')
  expect(refusalOf(() => declaredWays([{ communityId: 'anju', minutes: 5 }, { communityId: 'anju', minutes: 6 }], known))).toBe('BAD_INPUT')
})
