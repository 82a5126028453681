// Keys of known makers, by how theirs begin.
import { endOfRun, isDigit, isDottedCode, isLatin, isTokenCode } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'
import { createPrefixes } from './prefixes.ts'
import { createRegions, type Region } from './region.ts'

interface Maker {
  prefix: string
  /** The fewest characters after it. */
  atLeast: number
  /** Dots belong to it. */
  dotted?: true
  /** Ordinary names begin like this too: only what has letters and digits is a key. */
  ordinary?: true
}

const makers: Maker[] = [
  { prefix: 'rq_', atLeast: 34 },
  { prefix: 'sk-', ordinary: true, atLeast: 20 },
  { prefix: 'sk-ant-', atLeast: 20 },
  { prefix: 'sk-proj-', atLeast: 20 },
  { prefix: 'gsk_', atLeast: 30 },
  { prefix: 'xai-', atLeast: 30 },
  { prefix: 'pplx-', atLeast: 30 },
  { prefix: 'r8_', ordinary: true, atLeast: 30 },
  { prefix: 'hf_', ordinary: true, atLeast: 30 },
  { prefix: 'nvapi-', atLeast: 30 },
  { prefix: 'AIza', atLeast: 35 },
  { prefix: 'ya29.', atLeast: 20 },
  { prefix: 'AKIA', atLeast: 16 },
  { prefix: 'ASIA', atLeast: 16 },
  { prefix: 'ghp_', atLeast: 30 },
  { prefix: 'gho_', atLeast: 30 },
  { prefix: 'ghu_', atLeast: 30 },
  { prefix: 'ghs_', atLeast: 30 },
  { prefix: 'ghr_', atLeast: 30 },
  { prefix: 'github_pat_', atLeast: 22 },
  { prefix: 'glpat-', atLeast: 20 },
  { prefix: 'xoxb-', atLeast: 10 },
  { prefix: 'xoxp-', atLeast: 10 },
  { prefix: 'xoxa-', atLeast: 10 },
  { prefix: 'xoxr-', atLeast: 10 },
  { prefix: 'xoxs-', atLeast: 10 },
  { prefix: 'xapp-', atLeast: 10 },
  { prefix: 'sk_live_', atLeast: 16 },
  { prefix: 'sk_test_', atLeast: 16 },
  { prefix: 'rk_live_', atLeast: 16 },
  { prefix: 'rk_test_', atLeast: 16 },
  { prefix: 'whsec_', atLeast: 20 },
  { prefix: 'SG.', atLeast: 40, dotted: true },
  { prefix: 'npm_', ordinary: true, atLeast: 30 },
  { prefix: 'pypi-', atLeast: 40 },
  { prefix: 'dop_v1_', atLeast: 40 },
  { prefix: 'shpat_', atLeast: 30 },
  { prefix: 'shpss_', atLeast: 30 },
  { prefix: 'sbp_', atLeast: 30 },
  { prefix: 'lin_api_', atLeast: 30 },
  { prefix: 'ntn_', atLeast: 30 },
  { prefix: 'dapi', ordinary: true, atLeast: 32 },
  { prefix: 'hvs.', atLeast: 24 },
  { prefix: 'key-', ordinary: true, atLeast: 32 },
  { prefix: 'NRAK-', atLeast: 20 },
  { prefix: 'PMAK-', atLeast: 40 },
  { prefix: 'AGE-SECRET-KEY-1', atLeast: 40 },
]
const byPrefix = new Map(makers.map((maker) => [maker.prefix, maker]))
const prefixes = createPrefixes([...byPrefix.keys()])
/** So much of an ordinary beginning's rest is looked at: in less of it a key may have no digit. */
const ORDINARY_WINDOW = 48

/** A name with hyphens is long as well; a key of that length has digits and letters. */
function looksRandom(text: string): boolean {
  let digits = 0
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) digits++
    else if (isLatin(code)) letters++
  }
  return digits > 0 && letters > 0
}

const classOf = ({ dotted }: Maker) => (dotted ? isDottedCode : isTokenCode)

const regionOf = (maker: Maker): Region => ({
  kind: 'api-key',
  endIn(text, at) {
    const end = endOfRun(text, at, classOf(maker))
    return { end, open: end === text.length }
  },
})

export const apiKeyScanner: CreateScanner = () => {
  const regions = createRegions()
  return {
    scan({ raw }, from, final, report) {
      let at = regions.resume(raw, from, report)
      for (let found = prefixes.next(raw, at); found; found = prefixes.next(raw, at)) {
        const { start, prefix } = found
        const maker = byPrefix.get(prefix)!
        const body = start + prefix.length
        const window = maker.ordinary ? ORDINARY_WINDOW : maker.atLeast
        const end = endOfRun(raw, body, classOf(maker), window)
        if (end === raw.length && end - body < window && !final) return start
        const isKey = end - body >= maker.atLeast && (!maker.ordinary || looksRandom(raw.slice(body, end)))
        at = isKey ? regions.begin(regionOf(maker), { text: raw, start, at: body }, report) : start + 1
      }
      return final ? raw.length : prefixes.partial(raw, at)
    },
  }
}
