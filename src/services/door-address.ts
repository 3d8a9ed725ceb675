/** The address of a door as it is kept: the community first, then what people type, 12 幢 302. */

/** What is typed, in whole: 华光城 12 幢 302. The community is not said twice; nothing typed stays nothing. */
export function wholeAddress(communityName: string, door: string): string {
  const typed = door.trim()
  return typed === '' || typed.startsWith(communityName) ? typed : `${communityName} ${typed}`
}

/** The part that people type, of an address in whole: 12 幢 302. */
export const doorOf = (communityName: string, address: string): string =>
  (address.startsWith(communityName) ? address.slice(communityName.length).trim() : address)
