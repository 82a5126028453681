// Addresses on the internet, of both versions. What every machine calls itself is nobody's.
import { endOfRun, isDigit, isWordCode, startOfRun } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'

const COLON = 58
const DOT = 46

const isHex = (code: number): boolean => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
const isPart = (code: number): boolean => isHex(code) || code === COLON || code === DOT

const MAX_LENGTH = 45

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const V4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)
const NOBODYS = /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$|::1?$)/

function isV6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const tail = V4.test(last)
  if (!groups.every((group, at) => (tail && at === groups.length - 1) || /^[0-9A-Fa-f]{1,4}$/.test(group))) return false
  const count = groups.length + (tail ? 1 : 0)
  // «a::b» is a name in a program more often than an address.
  return (halves.length === 2 ? count >= 2 && count < 8 : count === 8) && /\d/.test(text)
}

const V4_WITH_PORT = /^([\d.]+):\d{1,5}$/

/** The address that a run of its characters is, without a port or the stop of a sentence behind it. */
function addressIn(run: string): string | null {
  const text = run.replace(/[.:]+$/, '')
  const address = V4_WITH_PORT.exec(text)?.[1] ?? text
  return (V4.test(address) || (address.includes(':') && isV6(address))) && !NOBODYS.test(address) ? address : null
}

const START = /(?<![\w.:])(?:[0-9A-Fa-f]{1,4}[.:]|::)/g
const LONGEST_GROUP = 4

/** Where the text ends in what may be the first group of one. */
function partialStart(text: string, floor: number): number {
  const start = startOfRun(text, text.length, isPart, { floor, limit: LONGEST_GROUP })
  const before = text.charCodeAt(start - 1)
  return isWordCode(before) || isPart(before) ? text.length : start
}

export const ipScanner: CreateScanner = () => ({
  scan({ plain }, from, final, report) {
    let at = from
    for (;;) {
      START.lastIndex = at
      const start = START.exec(plain)?.index
      if (start === undefined) return final ? plain.length : partialStart(plain, at)
      const end = endOfRun(plain, start, isPart, MAX_LENGTH + 1)
      if (end === plain.length && end - start <= MAX_LENGTH && !final) return start
      at = end
      if (end - start > MAX_LENGTH || isWordCode(plain.charCodeAt(end))) continue
      const address = addressIn(plain.slice(start, end))
      if (address !== null) report({ start, end: start + address.length, kind: 'ip-address' })
    }
  },
})
