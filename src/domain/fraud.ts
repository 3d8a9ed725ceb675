/**
 * Doubts 疑点 about points: rules that look at records of service and say what they noticed, and why. A rule never
 * judges: each flag opens the entries behind it, and an admin who is not concerned decides.
 */
export const flagRules = ['overlap', 'places', 'pair', 'oneVerifier', 'deskBurst'] as const
export type FlagRule = (typeof flagRules)[number]
