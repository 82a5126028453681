// Whole words and phrases of a list, in Arabic with the particles that are written onto a word: و and ف, then ب, ل
// or ك, then the article.
import { isHighSurrogate } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'
import { foldCharacter, GAP, TRANSPARENT, widthAt } from './fold-character.ts'
import { BETWEEN_WORDS, createWordTree, type WordNode } from './word-tree.ts'

/** A word drawn out or marked beyond this is no word any more; so long something may have to wait. */
const MAX_SPAN = 1_000
/** So many signs may stand between two words of a phrase: «، » is two. */
const MAX_GAP = 3

const ALIF = 0x627
const LAM = 0x644
const isJoin = (code: number | undefined): boolean => code === 0x648 || code === 0x641
const isParticle = (code: number | undefined): boolean => code === 0x628 || code === 0x643 || code === LAM

interface Stem {
  at: number
  /** What is left of a word when particles are taken off must be this long: «بنت» is no «نت» with a ب. */
  letters: number
}

/** undecided: the text ends where the word may go on. */
type Outcome = number | 'none' | 'undecided'

interface Head {
  codes: number[]
  places: number[]
  /** The text ends within. */
  open: boolean
}

function readHead(text: string, start: number): Head {
  const head: Head = { codes: [], places: [], open: false }
  let at = start
  for (; at < text.length && at - start < MAX_SPAN && head.codes.length < 5; at += widthAt(text, at)) {
    const folded = foldCharacter(text, at)
    if (folded === TRANSPARENT) continue
    if (folded === GAP || typeof folded === 'string') break
    head.codes.push(folded)
    head.places.push(at)
  }
  head.open = at >= text.length
  head.places.push(at)
  return head
}

/** Where the listed word may begin within the written one. */
function stemsOf(text: string, start: number, final: boolean): Stem[] | 'undecided' {
  const first = foldCharacter(text, start)
  if (typeof first === 'string') return [{ at: start, letters: 1 }]
  const mayJoin = isJoin(first)
  if (!mayJoin && !isParticle(first) && first !== ALIF) return [{ at: start, letters: 1 }]
  const { codes, places, open } = readHead(text, start)
  const stems: Stem[] = [{ at: start, letters: 1 }]
  const add = (index: number, letters: number) => {
    if (index > 0 && index < places.length) stems.push({ at: places[index]!, letters })
  }
  for (const joined of mayJoin ? [0, 1] : [0]) {
    add(joined, 3)
    for (const taken of isParticle(codes[joined]) ? [joined, joined + 1] : [joined]) {
      if (taken > joined) add(taken, 3)
      if (codes[taken] === ALIF && codes[taken + 1] === LAM) add(taken + 2, 2)
      if (codes[taken] === ALIF && taken + 1 === codes.length && open && !final) return 'undecided'
    }
    if (codes[joined] === LAM && codes[joined + 1] === LAM) add(joined + 2, 2)
  }
  return stems
}

interface Walk {
  text: string
  start: number
  stem: Stem
  final: boolean
}

function walk(root: WordNode, { text, start, stem, final }: Walk): Outcome {
  let node = root
  let at = stem.at
  let letters = 0
  let reached = -1
  const settled = (): Outcome => (reached >= 0 ? reached : 'none')
  for (;;) {
    if (at - start > MAX_SPAN) return settled()
    if (at >= text.length) {
      if (!final) return 'undecided'
      return node.ends && letters >= stem.letters ? at : settled()
    }
    const folded = foldCharacter(text, at)
    if (folded === TRANSPARENT) {
      at++
      continue
    }
    if (folded === GAP) {
      if (letters < stem.letters) return 'none'
      if (node.ends) reached = at
      const next = node.next.get(BETWEEN_WORDS)
      const end = next ? endOfGap(text, at) : -1
      if (!next || end < 0) return settled()
      node = next
      at = end
      continue
    }
    for (const code of typeof folded === 'string' ? codesOf(folded) : [folded]) {
      const next = node.next.get(code)
      if (!next) return settled()
      node = next
      letters++
    }
    at += widthAt(text, at)
  }
}

const codesOf = (letters: string): number[] => letters.split('').map((letter) => letter.charCodeAt(0))

/** Where the next word begins; negative where it is too far. */
function endOfGap(text: string, start: number): number {
  let at = start
  let signs = 0
  while (at < text.length && at - start < MAX_SPAN) {
    const folded = foldCharacter(text, at)
    if (folded === GAP) signs++
    else if (folded !== TRANSPARENT) return at
    if (signs > MAX_GAP) return -1
    at += widthAt(text, at)
  }
  return at
}

/** The longest of what the word that begins here can be. */
function match(root: WordNode, text: string, start: number, final: boolean): Outcome {
  const stems = stemsOf(text, start, final)
  if (stems === 'undecided') return stems
  let longest: Outcome = 'none'
  for (const stem of stems) {
    const outcome = walk(root, { text, start, stem, final })
    if (outcome === 'undecided') return outcome
    if (outcome !== 'none' && (longest === 'none' || outcome > longest)) longest = outcome
  }
  return longest
}

export function wordScanner(words: readonly string[]): CreateScanner {
  const root = createWordTree(words)
  return () => {
    let within = false
    return {
      scan({ raw }, from, final, report) {
        // Half a character is none yet.
        const text = !final && isHighSurrogate(raw.charCodeAt(raw.length - 1)) ? raw.slice(0, -1) : raw
        let at = from
        while (at < text.length) {
          const folded = foldCharacter(text, at)
          if (folded === GAP) within = false
          else if (folded !== TRANSPARENT && !within) {
            const outcome = match(root, text, at, final)
            if (outcome === 'undecided') return at
            within = true
            if (outcome !== 'none') {
              report({ start: at, end: outcome, kind: 'word' })
              at = outcome
              continue
            }
          }
          at += widthAt(text, at)
        }
        return at
      },
    }
  }
}
