// Finds the beginnings of a list in a text, and where a text ends in the beginning of such a beginning.
import { isAlphanumeric } from '../matching/characters.ts'

export interface Prefixes {
  /** The next one at `from` or later: where it is, and which. */
  next(text: string, from: number): { start: number; prefix: string } | null
  /** The earliest place from which on the text could become one; its length where there is none. */
  partial(text: string, from: number): number
}

/** Keeps the length, which full lower case does not. */
const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')

export function createPrefixes(
  list: readonly string[],
  {
    ignoreCase = false,
    isBefore = (code) => !isAlphanumeric(code) && code !== 95 && code !== 45,
  }: { ignoreCase?: boolean; /** What may stand before one. */ isBefore?: (code: number) => boolean } = {},
): Prefixes {
  // The longest first: of two that begin alike it says more.
  const longestFirst = list.toSorted((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), ignoreCase ? 'gi' : 'g')
  const folded = ignoreCase ? longestFirst.map(lowerAscii) : longestFirst
  const longest = longestFirst[0]?.length ?? 0
  const mayBegin = (text: string, at: number): boolean => at === 0 || isBefore(text.charCodeAt(at - 1))

  return {
    next(text, from) {
      pattern.lastIndex = from
      for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
        if (mayBegin(text, found.index)) return { start: found.index, prefix: found[0] }
        pattern.lastIndex = found.index + 1
      }
      return null
    },
    partial(text, from) {
      const tail = ignoreCase ? lowerAscii(text.slice(-longest)) : text.slice(-longest)
      const first = text.length - tail.length
      for (let at = Math.max(first, from); at < text.length; at++) {
        if (!mayBegin(text, at)) continue
        const rest = tail.slice(at - first)
        if (folded.some((prefix) => prefix.length > rest.length && prefix.startsWith(rest))) return at
      }
      return text.length
    },
  }
}
