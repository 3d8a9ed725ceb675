/** How far it is from community to community. */
import { nearestFirst, walkBetween } from '../../src/domain/walking'

const table = { anju: { jinyuan: 6, taigu: 15 }, taigu: { jinyuan: 9 } }

test('the way is the same both ways, nothing within a community, and unknown where nobody has said', () => {
  expect([walkBetween(table, 'anju', 'taigu'), walkBetween(table, 'taigu', 'anju'), walkBetween(table, 'anju', 'anju'), walkBetween(table, 'anju', 'far'), walkBetween(undefined, 'anju', 'taigu')]).toEqual([15, 15, 0, null, null])
})

test('one’s own community comes first, the unknown ones last', () => {
  expect(nearestFirst(table, 'jinyuan', ['far', 'anju', 'taigu', 'jinyuan', 'farther'])).toEqual(['jinyuan', 'anju', 'taigu', 'far', 'farther'])
  expect(nearestFirst(undefined, 'taigu', ['anju', 'taigu', 'jinyuan'])).toEqual(['taigu', 'anju', 'jinyuan'])
})
