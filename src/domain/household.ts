/**
 * A household 户: everybody at one door. A building's number stands once in a community, as on its grids and in a notice's
 * audience, so building and door together name it, whatever an estate is called. Whoever's address names no door belongs to
 * no household yet: nobody guesses one.
 */
import type { Person } from './person'

const fullWidth = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu

/** The door behind the building, as its numbers alone: 12 幢 302 室 and 12 号楼302 are one, 1 单元 302 is 1-302. */
function doorIn(address: string): { readonly building: string; readonly door: string } | null {
  const plain = address.replace(fullWidth, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
  const match = /(\d+)\s*[幢栋号楼]+(.*)$/su.exec(plain)
  const door = match?.[2]?.match(/[0-9A-Za-z]+/gu)?.join('-').toUpperCase() ?? ''
  return match?.[1] === undefined || door === '' ? null : { building: String(Number(match[1])), door }
}

/** What names a household; null for somebody whose door is not known. */
export function householdOf(person: Pick<Person, 'communityId' | 'address'>): string | null {
  const at = doorIn(person.address ?? '')
  return at === null ? null : `${person.communityId} ${at.building} ${at.door}`
}

/** How many households these people make. */
export const householdsOf = (people: readonly Pick<Person, 'communityId' | 'address'>[]): ReadonlySet<string> => new Set(people.flatMap((person) => householdOf(person) ?? []))
