/** Who goes to a door: the grid's own people, or the community's. */
import { buildingOf, dutyAt, isOnDuty, withGrid, withoutOnDuty } from '../../src/domain/grid'
import { refusalOf } from './support'

const one = (personId: string) => [{ personId, name: personId }]
const community = withGrid(withGrid({ duty: one('li') }, { name: '南', buildings: [1, 2, 12], duty: one('south') }), { name: '北', buildings: [13], duty: one('north') })

test('the building is read from an address as people write it', () => {
  expect(['华光城 12 幢 302', '锦苑4栋502', '月季 7 号楼', '和塘雅苑', null].map(buildingOf)).toEqual([12, 4, 7, null, null])
})
test('a grid’s people go to its buildings; to another door, one that nobody knows, or where the grid has nobody, the community’s', () => {
  const namesAt = (address: string | null, of: Parameters<typeof dutyAt>[0] = community) => dutyAt(of, address).map((person) => person.personId)
  expect([namesAt('华光城 12 幢 302'), namesAt('华光城 13 幢 1'), namesAt('华光城 14 幢 1'), namesAt('后门'), namesAt(null)]).toEqual([['south'], ['north'], ['li'], ['li'], ['li']])
  expect(namesAt('华光城 12 幢 302', withoutOnDuty(community, 'south'))).toEqual(['li'])
  expect(namesAt('华光城 12 幢 302', { duty: one('li') })).toEqual(['li'])
  expect(dutyAt(undefined, '华光城 12 幢 302')).toEqual([])
})
test('a building belongs to one grid; set again it is replaced, without buildings it is no more', () => {
  expect(refusalOf(() => withGrid(community, { name: '东', buildings: [12], duty: one('east') }))).toBe('BAD_INPUT')
  expect(withGrid(community, { name: '南', buildings: [3, 3], duty: one('south') }).grids).toMatchObject([{ name: '北' }, { name: '南', buildings: [3] }])
  expect(withGrid(community, { name: '南', buildings: [], duty: one('south') }).grids).toMatchObject([{ name: '北' }])
})
test('who leaves is on no list any more', () => {
  expect(isOnDuty(community, 'north')).toBe(true)
  expect(isOnDuty(withoutOnDuty(community, 'north'), 'north')).toBe(false)
})
