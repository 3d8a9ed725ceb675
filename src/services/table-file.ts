/**
 * A table to take along: CSV as spreadsheets read it (a byte-order mark, quoted cells, CRLF). Words that a spreadsheet would
 * run as a formula are made harmless: what stands in it was typed by people. Source: OWASP, "CSV Injection".
 */
import Taro from '@tarojs/taro'
import { copyText } from './device'

export type Cell = string | number

const FORMULA = /^[=+\-@\t\r]/
const cellOf = (cell: Cell): string => (typeof cell === 'number' ? String(cell) : `"${(FORMULA.test(cell) ? `'${cell}` : cell).replace(/"/g, '""')}"`)

/** Rows as CSV text. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string => `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`

/** Where the table went: the browser's downloads, a chat, the clipboard. */
export type Saved = 'saved' | 'shared' | 'copied' | 'failed'

function download(fileName: string, text: string): Saved {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The browser reads it after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return 'saved'
}

/** Gives the table out of the phone: a download in the browser; in WeChat a file into a chat, or where that is not possible the clipboard. */
export async function saveTable(fileName: string, rows: readonly (readonly Cell[])[]): Promise<Saved> {
  const text = csvOf(rows)
  if (API_MODE === 'h5') return download(fileName, text)
  try {
    const filePath = `${Taro.env.USER_DATA_PATH ?? ''}/${fileName}`
    Taro.getFileSystemManager().writeFileSync(filePath, text, 'utf8')
    await Taro.shareFileMessage({ filePath, fileName })
    return 'shared'
  } catch {
    return (await copyText(text)) ? 'copied' : 'failed'
  }
}
