/** Why somebody was not there, or cannot be: what people say, in plain words on the screens. */
export const absenceWhys = ['forgot', 'hospital', 'unwell', 'sudden', 'notHeard', 'other'] as const
export type AbsenceWhy = (typeof absenceWhys)[number]
