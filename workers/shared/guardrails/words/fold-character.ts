// What `foldArabic` does to a word, one character at a time, so that a place in the text is never lost.
import { foldArabic } from '#shared/lib/fold-arabic'

const TABLE_SIZE = 0x700
/** What is no part of a word. */
export const GAP = 0
/** What writers put into words without changing them: vowel signs, tatweel, invisible marks. */
export const TRANSPARENT = 1
/** What becomes several characters, or needs more than one code unit. */
const SPECIAL = 2

const WORD = /^[\p{L}\p{N}]$/u
const MARK = /^[\p{M}\p{Cf}]$/u

function classOf(character: string): number {
  const folded = foldArabic(character)
  if (folded === '') return TRANSPARENT
  if (folded.length > 1) return SPECIAL
  if (WORD.test(folded)) return folded.charCodeAt(0)
  return MARK.test(character) ? TRANSPARENT : GAP
}

const table = new Uint16Array(TABLE_SIZE)
for (let code = 0; code < TABLE_SIZE; code++) table[code] = classOf(String.fromCharCode(code))

/** Rare characters, as they come: presentation forms, mathematical letters, other scripts. */
const others = new Map<number, string>()
const OTHERS = 4_096

function foldOther(point: number): string {
  const known = others.get(point)
  if (known !== undefined) return known
  const character = String.fromCodePoint(point)
  const folded = foldArabic(character)
  const letters = Array.from(folded)
    .filter((letter) => WORD.test(letter))
    .join('')
  const result =
    letters !== '' ? letters : String.fromCharCode(folded === '' || MARK.test(character) ? TRANSPARENT : GAP)
  if (others.size < OTHERS) others.set(point, result)
  return result
}

/** One folded code unit, `GAP`, `TRANSPARENT`, or a text of several. */
export function foldCharacter(text: string, at: number): number | string {
  const code = text.charCodeAt(at)
  if (code < TABLE_SIZE) {
    const folded = table[code]!
    if (folded !== SPECIAL) return folded
  }
  const folded = foldOther(text.codePointAt(at)!)
  return folded.length === 1 ? folded.charCodeAt(0) : folded
}

/** How many code units the character there has. */
export const widthAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1)
