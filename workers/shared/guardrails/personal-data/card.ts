import { digitsOf, hasShape, isUniform, type Candidate } from './candidate.ts'
import { passesLuhn } from './checksums.ts'

/** How the networks' numbers begin, and how long they are: https://www.iso.org/standard/70484.html */
const NETWORKS: [RegExp, (length: number) => boolean][] = [
  [/^4/, (length) => length === 13 || length === 16 || length === 19],
  [/^(?:5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720))/, (length) => length === 16],
  [/^3[47]/, (length) => length === 15],
  [/^(?:6011|65|64[4-9])/, (length) => length >= 16 && length <= 19],
  [/^3(?:0[0-5]|[689])/, (length) => length === 14 || length === 16],
  [/^35(?:2[89]|[3-8])/, (length) => length === 16],
  [/^62/, (length) => length >= 16 && length <= 19],
  // mada, Saudi Arabia; Meeza, Egypt; Maestro.
  [/^(?:968\d|5888|6361|5078)/, (length) => length === 16],
  [/^(?:50|5[6-8]|6[37])/, (length) => length >= 13 && length <= 19],
]

const SHAPES = [
  [4, 4, 4, 4],
  [4, 4, 4, 4, 3],
  [4, 6, 5],
  [4, 6, 4],
  [4, 4, 4, 1],
]

export function isCard(candidate: Candidate): boolean {
  if (candidate.plus || !isUniform(candidate)) return false
  const [separator = ' '] = candidate.separators
  if (separator !== ' ' && separator !== '-') return false
  if (candidate.groups.length > 1 && !SHAPES.some((shape) => hasShape(candidate, shape))) return false
  const digits = digitsOf(candidate)
  return (
    digits.length >= 13 &&
    digits.length <= 19 &&
    NETWORKS.some(([prefix, fits]) => prefix.test(digits) && fits(digits.length)) &&
    passesLuhn(digits)
  )
}
