/** Files on their way into storage. */
import * as v from 'valibot'
import { define } from './define'
import * as w from './views'

export const fileContracts = {
  /** A place for one file of this phone's: the phone stores it there, and what is never handed in is deleted again. */
  'file.place': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ /** how its name ends: `.jpg` */ ending: v.pipe(v.string(), v.regex(/^(\.[a-z0-9]{1,5})?$/)) }), output: v.strictObject({ path: w.text }) }),
}
