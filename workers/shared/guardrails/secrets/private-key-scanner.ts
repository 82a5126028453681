// Private keys in their armour, from its first line to its last.
import type { CreateScanner } from '../matching/scanner.ts'
import { createRegions, type Region } from './region.ts'
import { createPrefixes } from './prefixes.ts'

const FIRST = '-----BEGIN '
const prefixes = createPrefixes([FIRST], { isBefore: (code) => code !== 45 })
const REST_OF_FIRST = /[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y
const LONGEST_FIRST = 80
const LAST = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const LONGEST_LAST = 80
/** No key is longer; what follows one whose last line is missing is not lost. */
const MAX_LENGTH = 16_384

/** Reads on where it was: the last line may come in pieces. */
function createRegion(): Region {
  let seen = ''
  let left = MAX_LENGTH
  return {
    kind: 'private-key',
    endIn(text, at) {
      const more = text.slice(at, at + left)
      const searched = seen + more
      LAST.lastIndex = 0
      const found = LAST.exec(searched)
      if (found) return { end: at + found.index + found[0].length - seen.length, open: false }
      left -= more.length
      seen = searched.slice(-LONGEST_LAST)
      return { end: at + more.length, open: left > 0 }
    },
  }
}

export const privateKeyScanner: CreateScanner = () => {
  const regions = createRegions()
  return {
    scan({ raw }, from, final, report) {
      let at = regions.resume(raw, from, report)
      for (let found = prefixes.next(raw, at); found; found = prefixes.next(raw, at)) {
        const { start, prefix } = found
        REST_OF_FIRST.lastIndex = start + prefix.length
        const whole = REST_OF_FIRST.test(raw)
        if (!whole && !final && raw.length - start < LONGEST_FIRST) return start
        at = whole
          ? regions.begin(createRegion(), { text: raw, start, at: REST_OF_FIRST.lastIndex }, report)
          : start + 1
      }
      return final ? raw.length : prefixes.partial(raw, at)
    },
  }
}
