// A word list as a tree of folded characters: a text is compared with all of its words at once.
import { foldCharacter, GAP, TRANSPARENT, widthAt } from './fold-character.ts'

export interface WordNode {
  next: Map<number, WordNode>
  /** A listed word or phrase ends here. */
  ends: boolean
}

/** Stands between the words of a phrase, whatever is written there. */
export const BETWEEN_WORDS = 32

const createNode = (): WordNode => ({ next: new Map(), ends: false })

/** The words of an entry as a text's are read: letters and digits alone, folded. */
export function foldEntry(entry: string): string[] {
  const words: string[] = []
  let word = ''
  for (let at = 0; at < entry.length; at += widthAt(entry, at)) {
    const folded = foldCharacter(entry, at)
    if (folded === TRANSPARENT) continue
    if (folded !== GAP) word += typeof folded === 'string' ? folded : String.fromCharCode(folded)
    else if (word !== '') {
      words.push(word)
      word = ''
    }
  }
  return word === '' ? words : [...words, word]
}

/** An entry with the article means the word itself; a stem of fewer than three letters keeps it («الله»). */
const withoutArticle = (word: string): string => word.replace(/^ال(?=.{3})/, '')

export function createWordTree(entries: readonly string[]): WordNode {
  const root = createNode()
  for (const entry of entries) {
    const [first, ...rest] = foldEntry(entry)
    if (first === undefined) continue
    let node = root
    for (const letter of [withoutArticle(first), ...rest].join(' ').split('')) {
      const code = letter.charCodeAt(0)
      let next = node.next.get(code)
      if (!next) node.next.set(code, (next = createNode()))
      node = next
    }
    node.ends = true
  }
  return root
}
