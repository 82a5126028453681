// Telephone numbers: international ones, those of the Gulf, Egypt, the Levant and the Maghreb as they are dialled at
// home, and North America's by their grouping. Where eight digits could be anything, a word before them must say so.
import { digitsOf, hasShape, isUniform, type Candidate } from './candidate.ts'

/** The code of a country written without + or 00, as messengers do: its mobile numbers alone. */
const MOBILE_WITH_CODE =
  /^(?:9665\d{8}|9715\d{8}|201[0125]\d{8}|9627[789]\d{7}|965[4569]\d{7}|974[3567]\d{7}|973[36]\d{7}|968[79]\d{7}|9639\d{8}|961(?:3|7\d|81)\d{6}|9705[69]\d{7}|9647\d{9}|9677\d{8}|212[67]\d{8}|213[567]\d{8}|216[2459]\d{7}|2189\d{8}|2499\d{8})$/

/** With the 0 of a call within the country. */
const NATIONAL = /^(?:05\d{8}|06\d{8}|07\d{8,9}|09\d{8}|01[0125]\d{8}|01[1-7]\d{7}|02\d{8})$/

/** Without any mark of its own: Kuwait, Qatar, Bahrain, Oman, Lebanon, Tunisia, landlines. */
const LOCAL = /^(?:[2-9]\d{6,7}|0[2-9]\d{6,7}|5\d{8}|1[0125]\d{8})$/

const ANNOUNCED =
  /(?:\b(?:phone|tel|telephone|mobile|cell|whats\s?app|call|contact|fax|tél)|هاتف\p{L}{0,3}|جوال\p{L}{0,3}|موبايل\p{L}{0,3}|محمول|تلفون\p{L}{0,3}|تليفون\p{L}{0,3}|واتس\s?(?:اب|آب|أب)?|اتصل\p{L}{0,3}|للتواصل|نقال|رقمي)[^\d\n]{0,24}$/iu
/** How far before a number such a word is looked for; less than what a text screen keeps in view. */
const ANNOUNCED_WITHIN = 48

const isInternational = (digits: string): boolean =>
  /^[17]/.test(digits) ? digits.length === 11 : /^[2-9]\d{7,14}$/.test(digits)

const isNorthAmerican = (candidate: Candidate): boolean =>
  hasShape(candidate, [3, 3, 4]) && /^[2-9]\d{2}[2-9]/.test(digitsOf(candidate))

/** «06 12 34 56 78» or ending in three or more: not a date with an hour behind it. */
const isDialled = ({ groups }: Candidate): boolean =>
  groups.at(-1)!.length > 2 || groups.every(({ length }) => length === 2)

export function isPhone(candidate: Candidate, text: string): boolean {
  const digits = digitsOf(candidate)
  if (digits.length < 7 || digits.length > 17 || candidate.groups.length > 7) return false
  if (candidate.plus) return isInternational(digits)
  if (candidate.groups[0]!.startsWith('00')) return isInternational(digits.slice(2)) && digits.length >= 11
  if (isNorthAmerican(candidate)) return true
  if (!isUniform(candidate) && !candidate.separators.some((separator) => separator.startsWith(')'))) return false
  if (candidate.groups.length === 1 && MOBILE_WITH_CODE.test(digits)) return true
  if (NATIONAL.test(digits)) return isDialled(candidate)
  return (
    LOCAL.test(digits) && ANNOUNCED.test(text.slice(Math.max(0, candidate.start - ANNOUNCED_WITHIN), candidate.start))
  )
}
