// JSON Web Tokens, and whatever stands behind «Bearer».
import { endOfRun, isBearerCode, isDottedCode, isTokenCode } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'
import { createPrefixes } from './prefixes.ts'
import { createRegions, type Region } from './region.ts'

const JWT = 'eyJ'
/** Header and payload are JSON both. */
const SECOND_PART = `.${JWT}`
const BEARERS = ['Bearer', 'bearer', 'BEARER']
const prefixes = createPrefixes([JWT, ...BEARERS])
/** A header with a chain of certificates; longer ones are none. */
const MAX_HEADER = 2_048
const MIN_HEADER = 10
const SHORTEST_BEARER = 16
const MAX_SPACES = 3
const SPACE = 32

const regionOf = (belongs: (code: number) => boolean): Region => ({
  kind: 'token',
  endIn(text, at) {
    const end = endOfRun(text, at, belongs)
    return { end, open: end === text.length }
  },
})

/** Where the token begins; `undecided`: the text ends too early to say. */
type Reading = { start: number } | 'none' | 'undecided'

function readJwt(text: string, start: number, final: boolean): Reading {
  const end = endOfRun(text, start, isTokenCode, MAX_HEADER + 1)
  if (end - start > MAX_HEADER) return 'none'
  const next = text.slice(end, end + SECOND_PART.length)
  if (next.length < SECOND_PART.length && !final && SECOND_PART.startsWith(next)) return 'undecided'
  return end - start >= MIN_HEADER && next === SECOND_PART ? { start } : 'none'
}

function readBearer(text: string, start: number, final: boolean): Reading {
  const after = start + BEARERS[0]!.length
  const token = endOfRun(text, after, (code) => code === SPACE, MAX_SPACES)
  const end = endOfRun(text, token, isBearerCode, SHORTEST_BEARER)
  const enough = end - token === SHORTEST_BEARER
  if (!enough && end === text.length && !final) return 'undecided'
  const hasDigit = /\d/.test(text.slice(token, end))
  return token > after && enough && hasDigit ? { start: token } : 'none'
}

export const tokenScanner: CreateScanner = () => {
  const regions = createRegions()
  return {
    scan({ raw }, from, final, report) {
      let at = regions.resume(raw, from, report)
      for (let found = prefixes.next(raw, at); found; found = prefixes.next(raw, at)) {
        const { start, prefix } = found
        const isJwt = prefix === JWT
        const reading = isJwt ? readJwt(raw, start, final) : readBearer(raw, start, final)
        if (reading === 'undecided') return start
        if (reading === 'none') at = start + 1
        else {
          const region = regionOf(isJwt ? isDottedCode : isBearerCode)
          at = regions.begin(region, { text: raw, start: reading.start, at: reading.start }, report)
        }
      }
      return final ? raw.length : prefixes.partial(raw, at)
    },
  }
}
