/** The places of a subdistrict: one document, read whole. */
import { circleIdOf, emptyCircle, type Circle } from '../../src/domain/circle'
import { insert, read } from './cloud'

/** Of a subdistrict that has named no places yet: none. */
export const getCircle = async (subdistrictId: string): Promise<Circle> => (await read<Circle>('circles', circleIdOf(subdistrictId))) ?? emptyCircle(subdistrictId)

/** The document is there to be changed; again changes nothing. */
export const beginCircle = (subdistrictId: string): Promise<boolean> => insert('circles', emptyCircle(subdistrictId))
