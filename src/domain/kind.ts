/** What kind of service it is: kinds are data and small rules on one model of capacity, delivery and timeline. */
export type Kind = 'homeCare' | 'meal' | 'activity'
