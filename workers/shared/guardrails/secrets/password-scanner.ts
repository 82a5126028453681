// What is written behind «password =», «كلمة السر هي» and their like: the value alone is hidden.
import { endOfRun, isAlphanumeric } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'
import { createPrefixes } from './prefixes.ts'
import { createRegions, type Region } from './region.ts'

const NAMES = [
  'password',
  'passwd',
  'passcode',
  'passphrase',
  'pwd',
  'secret',
  'secret_key',
  'secretkey',
  'api_key',
  'api-key',
  'apikey',
  'access_key',
  'accesskey',
  'access_token',
  'accesstoken',
  'auth_token',
  'authtoken',
  'كلمة السر',
  'كلمه السر',
  'كلمة سر',
  'كلمة المرور',
  'كلمه المرور',
  'كلمة مرور',
  'الرقم السري',
  'الرمز السري',
  'باسورد',
  'باسوورد',
]
const prefixes = createPrefixes(NAMES, { ignoreCase: true, isBefore: (code) => !isAlphanumeric(code) })

const OPERATORS = ['=>', ':=', '==', 'is', 'هي', 'هو', '=', ':']
const LONGEST_OPERATOR = 2
const isWordOperator = (operator: string): boolean => /^\p{L}/u.test(operator)
const MAX_BLANKS = 3
const MAX_MARKS = 2
const MAX_VALUE = 128
const SHORTEST = 6
const SHORTEST_QUOTED = 4

const isBlank = (code: number): boolean => code === 32 || code === 9
const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96
/** «**password:** …» is how it is emphasized. */
const isEmphasis = (code: number): boolean => code === 42
const isQuoteOrEmphasis = (code: number): boolean => isQuote(code) || isEmphasis(code)
const isPlainValue = (code: number): boolean =>
  code > 32 && !isQuote(code) && code !== 60 && code !== 62 && code !== 0xa0

/** Up to the same quotation mark on the same line; without one, up to a space, a quotation mark or a tag. */
const valueWithin = (quote: number | null) =>
  quote === null ? isPlainValue : (code: number) => code !== quote && code !== 10

const PLACEHOLDER = /^[${[%<]/

/** A name that stands for the value, or a word of a sentence about passwords, is none. */
function looksSecret(value: string): boolean {
  if (value.length < SHORTEST || PLACEHOLDER.test(value)) return false
  return /[\d!@#$%^&*+=~]/.test(value)
}

interface Value {
  start: number
  end: number
  quote: number | null
  /** All of it was seen; else it goes on. */
  whole: boolean
}
type Reading = Value | 'none' | 'undecided'

/** Where the value begins behind its name, or why it does not. */
function valueStart(text: string, after: number): number | 'none' | 'undecided' {
  let at = endOfRun(text, after, isQuoteOrEmphasis, MAX_MARKS)
  at = endOfRun(text, at, isBlank, MAX_BLANKS)
  if (text.length - at < LONGEST_OPERATOR) return 'undecided'
  const operator = OPERATORS.find((each) => text.startsWith(each, at) || text.startsWith(each.toUpperCase(), at))
  if (operator === undefined) return 'none'
  const blanks = endOfRun(text, at + operator.length, isEmphasis, MAX_MARKS)
  const start = endOfRun(text, blanks, isBlank, MAX_BLANKS)
  if (start >= text.length) return 'undecided'
  return start === blanks && isWordOperator(operator) ? 'none' : start
}

function readAssignment(text: string, after: number, final: boolean): Reading {
  const begin = valueStart(text, after)
  if (typeof begin === 'string') return final ? 'none' : begin
  const quote = isQuote(text.charCodeAt(begin)) ? text.charCodeAt(begin) : null
  const start = quote === null ? begin : begin + 1
  const end = endOfRun(text, start, valueWithin(quote), MAX_VALUE)
  const whole = end - start < MAX_VALUE
  if (whole && end === text.length && !final) return 'undecided'
  const value = quote === null ? text.slice(start, end).replace(/[.,;:)\]}»،؛؟*]+$/, '') : text.slice(start, end)
  const isSecret = quote === null ? looksSecret(value) : value.length >= SHORTEST_QUOTED && !PLACEHOLDER.test(value)
  return isSecret ? { start, end: whole ? start + value.length : end, quote, whole } : 'none'
}

const restOfValue = ({ quote }: Value): Region => ({
  kind: 'password',
  endIn(text, at) {
    const end = endOfRun(text, at, valueWithin(quote))
    return { end, open: end === text.length }
  },
})

export const passwordScanner: CreateScanner = () => {
  const regions = createRegions()
  return {
    scan({ raw }, from, final, report) {
      let at = regions.resume(raw, from, report)
      for (let found = prefixes.next(raw, at); found; found = prefixes.next(raw, at)) {
        const { start, prefix } = found
        // A longer name may begin like a shorter one: «secret_key».
        if (!final && prefixes.partial(raw, start) === start) return start
        const reading = readAssignment(raw, start + prefix.length, final)
        if (reading === 'undecided') return start
        if (reading === 'none') at = start + 1
        else if (reading.whole) {
          report({ start: reading.start, end: reading.end, kind: 'password' })
          at = reading.end
        } else at = regions.begin(restOfValue(reading), { text: raw, start: reading.start, at: reading.end }, report)
      }
      return final ? raw.length : prefixes.partial(raw, at)
    },
  }
}
