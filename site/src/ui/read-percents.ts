import { toLatinDigits } from '../i18n/parse-number.ts'

const MOST = 5

/** Shares of a budget as a person types them: `50, 80` or `٥٠٪، ٨٠٪`. Nothing typed is none of them. */
export function readPercents(text: string): number[] | 'invalid' {
  const parts = toLatinDigits(text)
    .replace(/[%\u066a\u200e\u200f\u061c]/g, ' ')
    .split(/[\s,;\u060c\u061b]+/)
    .filter((part) => part !== '')
  const percents = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 0))
  if (percents.some((percent) => percent < 1 || percent > 100)) return 'invalid'
  const distinct = [...new Set(percents)].toSorted((a, b) => a - b)
  return distinct.length > MOST ? 'invalid' : distinct
}

export const typedPercents = (percents: readonly number[]): string => percents.join(', ')
