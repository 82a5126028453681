// The sandbox's own moderation: lists of phrases in Arabic and English and nothing else. It is fast, free and the same
// for everybody; it understands no context, no irony and no other language, sees no image, and says so.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import { unsupportedParameter } from '#shared/http/problems'
import { foldArabic } from '#shared/lib/fold-arabic'
import {
  moderationCategories,
  type ModerationCategory,
  type ModerationItem,
  type ModerationModel,
  type ModerationVerdict,
} from '../../spec/moderation-model.ts'
import { minorsAr, rulesAr } from './rules-ar.ts'
import { minorsEn, rulesEn } from './rules-en.ts'

/** What is threatened is also an insult; what is graphic is also violent. */
const implied: Partial<Record<ModerationCategory, ModerationCategory[]>> = {
  'harassment/threatening': ['harassment', 'violence'],
  'hate/threatening': ['hate', 'violence'],
  'illicit/violent': ['illicit', 'violence'],
  'self-harm/instructions': ['self-harm'],
  'self-harm/intent': ['self-harm'],
  'sexual/minors': ['sexual'],
  'violence/graphic': ['violence'],
}

const toPattern = (sources: readonly string[]): RegExp | null =>
  sources.length > 0 ? new RegExp(`(?<= )(?:${sources.join('|')})(?= )`, 'gu') : null

const patterns = moderationCategories.flatMap((category) => {
  const pattern = toPattern([...(rulesEn[category] ?? []), ...(rulesAr[category] ?? [])])
  return pattern ? [{ category, pattern }] : []
})
const minors = toPattern([minorsEn, minorsAr])!

/** Words with one space between them, and nothing by which two writers of one sentence differ. */
const toWords = (text: string): string =>
  ` ${foldArabic(text)
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

const countOf = (words: string, pattern: RegExp): number => words.match(pattern)?.length ?? 0

/** One phrase is four fifths of certainty, each further one takes four fifths of what is left. */
const scoreOf = (found: number): number => (found === 0 ? 0 : Math.round((1 - 0.2 ** Math.min(found, 6)) * 1e6) / 1e6)

function count(text: string): Map<ModerationCategory, number> {
  const words = toWords(text)
  const found = new Map<ModerationCategory, number>()
  const add = (category: ModerationCategory, times: number) =>
    found.set(category, Math.max(found.get(category) ?? 0, times))
  for (const { category, pattern } of patterns) {
    const times = countOf(words, pattern)
    if (times === 0) continue
    add(category, times)
    for (const parent of implied[category] ?? []) add(parent, times)
  }
  // What is sexual is another thing where a child is spoken of.
  if (found.has('sexual') && countOf(words, minors) > 0) add('sexual/minors', found.get('sexual')!)
  return found
}

const byCategory = <T>(value: (category: ModerationCategory) => T): Record<ModerationCategory, T> =>
  Object.fromEntries(moderationCategories.map((category) => [category, value(category)])) as Record<
    ModerationCategory,
    T
  >

const textOf = ({ parts }: ModerationItem): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n')

function judge(item: ModerationItem): ModerationVerdict {
  const found = count(textOf(item))
  return {
    flagged: found.size > 0,
    categories: byCategory((category) => found.has(category)),
    scores: byCategory((category) => scoreOf(found.get(category) ?? 0)),
    appliedTo: byCategory(() => ['text']),
  }
}

/** For whoever must know at once and ask nobody. */
export const judgeText = (text: string): ModerationVerdict => judge({ parts: [{ type: 'text', text }] })

export const createSandboxModeration = (): ModerationModel => ({
  takesImages: false,
  moderate: async (items, { signal }) => {
    signal.throwIfAborted()
    if (items.some(({ parts }) => parts.some((part) => part.type === 'image')))
      throw unsupportedParameter('input', 'This moderation reads text only. Configure OpenAI to have images judged.')
    return {
      verdicts: items.map(judge),
      usage: { input_tokens: items.reduce((sum, item) => sum + estimateTextTokens(textOf(item)), 0) },
    }
  },
})
