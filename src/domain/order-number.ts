/** The number by which people call a booking on the telephone: its day, and four digits of its id. */
const lastDigits = (id: string): string => String([...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9000, 7) + 1000)

export const orderNumber = (onDate: string, bookingId: string): string => `LE-${onDate.slice(5, 7)}${onDate.slice(8, 10)}-${lastDigits(bookingId)}`
