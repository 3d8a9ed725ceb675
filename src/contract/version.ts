/** The contract's version, apart from the contracts, so that a phone can carry the number without every schema. */
export const CONTRACT_VERSION = 1
/** The oldest version of a phone that is still understood. */
export const OLDEST_CONTRACT_VERSION = 1
