// The sandbox's embedding: how often which pieces of words are in a text, folded into a vector of any length. What it
// finds similar shares words or parts of words, in Arabic also where they are written otherwise; it knows no meaning.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import { foldedWords } from '#shared/lib/fold-arabic'
import type { EmbeddingModel } from '../spec/embedding-model.ts'

/** A whole word says more than a piece of it. */
const WORD_WEIGHT = 2
const PIECES = [3, 4]

/** FNV-1a: the same everywhere, for ever, which is what a stored vector needs. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  // FNV's low bits are weak, and they choose the place.
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b)
  return (value ^ (value >>> 16)) >>> 0
}

function piecesOf(word: string): string[] {
  const bounded = `<${word}>`
  return PIECES.flatMap((length) =>
    Array.from({ length: Math.max(0, bounded.length - length + 1) }, (_, at) => bounded.slice(at, at + length)),
  )
}

function countFeatures(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (feature: string, weight: number) => counts.set(feature, (counts.get(feature) ?? 0) + weight)
  for (const word of foldedWords(text)) {
    add(`=${word}`, WORD_WEIGHT)
    for (const piece of piecesOf(word)) add(piece, 1)
  }
  // A text without a word (a dash, an emoji) is still a text, and a vector must not be empty.
  if (counts.size === 0) add(`#${text.trim()}`, 1)
  return counts
}

/** Of length one, so that a dot product is the cosine. */
export function embedText(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const [feature, weight] of countFeatures(text)) {
    const hashed = hash(feature)
    // The sign makes features that meet in one place cancel out instead of adding up.
    vector[hashed % dimensions]! += (hashed & 0x80000000 ? -1 : 1) * (1 + Math.log(weight))
  }
  const length = Math.hypot(...vector)
  if (length === 0) vector[0] = 1
  return vector.map((value) => Math.fround(length === 0 ? value : value / length))
}

export const createSandboxEmbedding = (own: number): EmbeddingModel => ({
  embed: async ({ inputs, dimensions = own }, { signal }) => {
    signal.throwIfAborted()
    const texts = inputs.map(String)
    return {
      vectors: texts.map((text) => embedText(text, dimensions)),
      usage: { input_tokens: texts.reduce((sum, text) => sum + estimateTextTokens(text), 0) },
      warnings: [],
    }
  },
})
