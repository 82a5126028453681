import { parseNumber } from '../i18n/parse-number.ts'

/** A whole number from 1 on, in either script's digits. Null where nothing was typed. */
export function readCount(text: string, { most }: { most: number }): number | null | 'invalid' {
  if (text.trim() === '') return null
  const count = parseNumber(text)
  return count !== null && Number.isInteger(count) && count >= 1 && count <= most ? count : 'invalid'
}
