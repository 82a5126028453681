// What the full-text index is given and asked. Every word and facet begins with the code of its organization, and holds
// nothing but letters and digits: nothing that somebody types is ever an operator.
import { foldArabic, stripArticle } from '#shared/lib/fold-arabic'

const WORD = /[\p{L}\p{N}]+/gu
const LATIN_MARKS = /[\u0300-\u036f]/g
const ARABIC = /^\p{Script=Arabic}/u
/** «وبالقطة», «فالقطة», «للقطة», «وقطة», «بقطة»: what is written in one with a word and is none of it. */
const CONJUNCTION = /^[وف](?=.{2})/
const PREPOSITION = /^[بكل](?=.{2})/

const MOST_LETTERS = 48
const MOST_WORDS = 600
const MOST_ASKED = 8

const fold = (text: string): string => foldArabic(text).normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC')

const split = (text: string): string[] => (fold(text).match(WORD) ?? []).map((word) => word.slice(0, MOST_LETTERS))

/** Seven letters. Where two organizations share them a search reads more, and finds nothing more. */
export function organizationCode(organizationId: string): string {
  let hash = 0x811c9dc5
  for (const letter of organizationId) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0
  return hash.toString(32).padStart(7, '0')
}

/** A word with and without whatever may be written in one with it. */
function formsOf(word: string): string[] {
  if (!ARABIC.test(word)) return [word]
  const plain = word.replace(CONJUNCTION, '')
  return [word, plain, plain.replace(PREPOSITION, ''), stripArticle(word), stripArticle(plain)]
}

/** For the index: the words of these texts in all their forms. */
export function searchWordsOf({ organizationId, texts }: { organizationId: string; texts: readonly string[] }): string {
  const code = organizationCode(organizationId)
  const words = new Set(texts.flatMap(split).slice(0, MOST_WORDS).flatMap(formsOf))
  return [...words].map((word) => code + word).join(' ')
}

const hexOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')

export interface Facets {
  kind?: string | null
  source?: string | null
  model?: string | null
  orientation?: string | null
  tags?: readonly string[]
}

function facetTokens(organizationId: string, { kind, source, model, orientation, tags = [] }: Facets): string[] {
  const code = organizationCode(organizationId)
  return [
    ...(kind ? [`${code}k${kind}`] : []),
    ...(source ? [`${code}s${source}`] : []),
    ...(orientation ? [`${code}o${orientation}`] : []),
    ...(model ? [`${code}m${hexOf(model)}`] : []),
    ...tags.map((tag) => `${code}t${hexOf(tag)}`),
  ]
}

export const searchFacetsOf = ({ organizationId, ...facets }: Facets & { organizationId: string }): string =>
  facetTokens(organizationId, facets).join(' ')

/** Whose: as the triggers of the index write it. */
const bare = (id: string): string => id.replaceAll('_', '')
const mine = (organizationId: string, userId: string) => `"m${bare(`${organizationId}x${userId}`)}"`
const shown = (organizationId: string) => `"o${bare(organizationId)}"`
const trash = (organizationId: string, userId: string) => `"d${bare(`${organizationId}x${userId}`)}"`

function scopeOf({ organizationId, userId, owner, deleted }: SearchAsked): string {
  if (deleted) return trash(organizationId, userId)
  if (owner === 'me') return mine(organizationId, userId)
  if (owner === 'others') return `(${shown(organizationId)} NOT ${mine(organizationId, userId)})`
  return `(${mine(organizationId, userId)} OR ${shown(organizationId)})`
}

export interface SearchAsked extends Facets {
  organizationId: string
  userId: string
  owner?: 'me' | 'others'
  deleted?: boolean
  /** As it was typed: the last letters of a word may be missing. */
  text?: string
}

/** Null where something was typed that holds no word: nothing is found. */
export function searchExpression(asked: SearchAsked): string | null {
  const { organizationId, text, ...facets } = asked
  const words = text === undefined ? [] : split(text).slice(0, MOST_ASKED)
  if (text !== undefined && words.length === 0) return null
  const code = organizationCode(organizationId)
  const begins = (word: string) => `"${code}${word}" *`
  return [
    `scope : ${scopeOf(asked)}`,
    ...facetTokens(organizationId, facets).map((token) => `facets : "${token}"`),
    ...words.map((word) => `words : (${[...new Set([word, stripArticle(word)])].map(begins).join(' OR ')})`),
  ].join(' AND ')
}
