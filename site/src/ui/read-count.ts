import { parseNumber } from '../i18n/parse-number.ts'

/** A whole number, from 1 on where nothing else is said, in either script's digits. Null where nothing was typed. */
export function readCount(
  text: string,
  { least = 1, most }: { least?: number; most: number },
): number | null | 'invalid' {
  if (text.trim() === '') return null
  const count = parseNumber(text)
  return count !== null && Number.isInteger(count) && count >= least && count <= most ? count : 'invalid'
}
