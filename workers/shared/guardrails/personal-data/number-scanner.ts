// Whatever is written in digits: cards, telephone numbers, national ids. A number is tried at the beginning of every
// group of digits, over at most so many of them, so that a page of figures costs no more than its length.
import { endOfRun, isDigit, isWordCode } from '../matching/characters.ts'
import type { CreateScanner, Match } from '../matching/scanner.ts'
import type { Candidate } from './candidate.ts'
import { isCard } from './card.ts'
import { isNationalId } from './national-id.ts'
import { isPhone } from './phone.ts'

type NumberKind = 'card' | 'national-id' | 'phone'

const tests: Record<NumberKind, (candidate: Candidate, text: string) => boolean> = {
  card: isCard,
  'national-id': isNationalId,
  phone: isPhone,
}

const MIN_DIGITS = 7
const MAX_DIGITS = 24
const MAX_GROUPS = 10
const PLUS = 43
const OPEN = 40
const SEPARATORS = new Set([' ', '-', '.', ') ', ')', ' (', '('])

/** What a fraction may be written with. */
const isPoint = (code: number): boolean => code === 46 || code === 44

const isSeparator = (character: string | undefined): boolean =>
  character === ' ' || character === '-' || character === '.' || character === '(' || character === ')'

/** A digit, or the + or bracket before one; a part of a word or of a decimal fraction begins nothing. */
function begins(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (isWordCode(before) || before === PLUS) return false
  const code = text.charCodeAt(at)
  if (isDigit(code)) return !(isPoint(before) && isDigit(text.charCodeAt(at - 2)))
  return (code === PLUS || code === OPEN) && text.length > at
}

/** A group of digits ends a number where no letter follows and no fraction. */
function mayEnd(text: string, end: number): boolean {
  const next = text.charCodeAt(end)
  if (isWordCode(next)) return false
  return !(isPoint(next) && isDigit(text.charCodeAt(end + 1)))
}

const STARTS = /[\d+(]/g

interface Prefix {
  at: number
  plus: boolean
}

/** `(+` before the first digit. */
function readPrefix(text: string, start: number): Prefix {
  let at = start
  if (text.charCodeAt(at) === OPEN) at++
  const plus = text.charCodeAt(at) === PLUS
  return { at: plus ? at + 1 : at, plus }
}

function endOfDigits(text: string, at: number): number {
  let end = at
  while (end < text.length && isDigit(text.charCodeAt(end)) && end - at <= MAX_DIGITS) end++
  return end
}

/** A bracket belongs to the number where it is closed within. */
const startOf = ({ start, separators }: Candidate, text: string): number =>
  text.charCodeAt(start) === OPEN && !separators.some((separator) => separator.startsWith(')')) ? start + 1 : start

/** Hands over the number that begins here after one, two, three … of its groups. True: the text ended while it could go on. */
function readNumber(text: string, start: number, take: (candidate: Candidate, digits: number) => void): boolean {
  const { at: first, plus } = readPrefix(text, start)
  const candidate: Candidate = { start, end: first, plus, groups: [], separators: [] }
  let digits = 0
  let at = first
  while (candidate.groups.length < MAX_GROUPS) {
    const end = endOfDigits(text, at)
    digits += end - at
    if (end === at || digits > MAX_DIGITS) return end === at && at >= text.length
    const single = end - at === 1 && candidate.groups.length > 0
    candidate.groups.push(text.slice(at, end))
    candidate.end = end
    if (end >= text.length || (end + 1 === text.length && isPoint(text.charCodeAt(end)))) {
      take(candidate, digits)
      return true
    }
    if (mayEnd(text, end)) take(candidate, digits)
    // A single digit may be a check at the end; a row of them is a row of figures.
    if (single) return false
    let next = end
    while (next - end < 2 && isSeparator(text[next])) next++
    if (next >= text.length) return true
    const separator = text.slice(end, next)
    if (!SEPARATORS.has(separator) || !isDigit(text.charCodeAt(next))) return false
    candidate.separators.push(separator)
    at = next
  }
  return false
}

export function numberScanner(kinds: readonly NumberKind[]): CreateScanner {
  const ordered = (['card', 'national-id', 'phone'] as const).filter((kind) => kinds.includes(kind))
  return () => ({
    scan({ plain }, from, final, report) {
      let at = from
      for (;;) {
        STARTS.lastIndex = at
        const start = STARTS.exec(plain)?.index
        if (start === undefined) return plain.length
        at = isDigit(plain.charCodeAt(start)) ? endOfRun(plain, start, isDigit) : start + 1
        if (!begins(plain, start)) continue
        const longest: Match[] = []
        const open = readNumber(plain, start, (candidate, digits) => {
          if (digits < MIN_DIGITS) return
          const kind = ordered.find((each) => tests[each](candidate, plain))
          if (kind) longest[0] = { start: startOf(candidate, plain), end: candidate.end, kind }
        })
        if (open && !final) return start
        if (!longest[0]) continue
        report(longest[0])
        at = longest[0].end
      }
    },
  })
}
