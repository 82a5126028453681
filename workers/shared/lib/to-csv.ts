// Comma-separated values that a spreadsheet opens without running anything and without broken Arabic.

export type Cell = string | number | boolean | null

/** Marks that steer text direction on screen and would break a search or a sum in a file. */
const bidiMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A spreadsheet takes a cell that begins so for a formula, whoever wrote it. */
const formulaStart = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

/** A plain number is never a formula, whatever its sign. */
const plainNumber = /^-?\d+(\.\d+)?$/

function toCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const plain = value.replace(bidiMarks, '')
  const safe = formulaStart.test(plain) && !plainNumber.test(plain) ? `'${plain}` : plain
  return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The byte order mark tells Excel that the Arabic is UTF-8; a file begins with it. */
export const CSV_START = '\ufeff'

export const toCsvLine = (row: Cell[]): string => `${row.map(toCell).join(',')}\r\n`

export const toCsv = (headings: string[], rows: Cell[][]): string =>
  CSV_START + [headings, ...rows].map(toCsvLine).join('')
