// Ids of Saudi Arabia, the Emirates, Egypt and Kuwait, by their own rules.
import { digitsOf, hasShape, type Candidate } from './candidate.ts'
import { isDate, passesLuhn } from './checksums.ts'

const KUWAIT_WEIGHTS = [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Citizens' begin with 1, residents' with 2. From 15 on it is the time in seconds that people write. */
const isSaudi = (digits: string): boolean => /^(?:1[0-4]|2\d)\d{8}$/.test(digits) && passesLuhn(digits)

/** 784, the year of birth, seven digits and a check. */
const isEmirati = (digits: string): boolean => /^784(?:19|20)\d{10}$/.test(digits) && passesLuhn(digits)

const centuryOf = (digit: string | undefined): 1900 | 2000 => (digit === '2' ? 1900 : 2000)

/** A day of birth and a governorate that there are. How its last digit is made has never been published. */
const isEgyptian = (digits: string): boolean =>
  /^[23]\d{6}(?:0[1-4]|1[1-9]|2[1-9]|3[1-5]|88)\d{5}$/.test(digits) && isDate(digits.slice(1, 7), centuryOf(digits[0]))

function isKuwaiti(digits: string): boolean {
  if (!/^[23]\d{11}$/.test(digits) || !isDate(digits.slice(1, 7), centuryOf(digits[0]))) return false
  const sum = KUWAIT_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return 11 - (sum % 11) === Number(digits[11])
}

export function isNationalId(candidate: Candidate): boolean {
  if (candidate.plus) return false
  const digits = digitsOf(candidate)
  if (candidate.groups.length > 1) return hasShape(candidate, [3, 4, 7, 1]) && isEmirati(digits)
  return isSaudi(digits) || isEmirati(digits) || isEgyptian(digits) || isKuwaiti(digits)
}
