/** Amounts of money as they are typed and said: yuan on the screen, fen everywhere else. */

/** An amount in yuan: 7 元, 7.5 元, 0 元. What is decided says 0 as a number, unlike a price. */
export const yuanWords = (fen: number): string => `${typedYuan(fen)} 元`
/** What stands in a field for an amount: 7, 7.5 */
export const typedYuan = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2).replace(/0$/, ''))
/** What was typed as an amount, in fen; null when it is none. */
export const fenOf = (typed: string): number | null => (/^\d{1,5}(\.\d{1,2})?$/.test(typed.trim()) ? Math.round(Number(typed.trim()) * 100) : null)
