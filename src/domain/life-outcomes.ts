/** What becomes of one booking on days of absence: `asked`: too near, a social worker decides; `askedKitchen`: after its cut-off; `kept`: nothing is done about it. */
export const lifeOutcomes = ['cancelled', 'asked', 'askedKitchen', 'kept'] as const
export type LifeOutcome = (typeof lifeOutcomes)[number]
