// What every moderation model can be asked: whether something that was said, written or shown is harmful, and how.
import type { Usage } from '#shared/lib/money'
import type { ImagePart } from './language-model.ts'

/** OpenAI's thirteen; a model that does not look for one of them says so in `appliedTo`. */
export const moderationCategories = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const
export type ModerationCategory = (typeof moderationCategories)[number]

export type ModerationPart = { type: 'text'; text: string } | { type: 'image'; source: ImagePart['source'] }

/** One thing to judge; its parts are judged together. */
export interface ModerationItem {
  parts: ModerationPart[]
}

export interface ModerationVerdict {
  flagged: boolean
  categories: Record<ModerationCategory, boolean>
  /** From 0 to 1. */
  scores: Record<ModerationCategory, number>
  /** In what the category was looked for; empty: it was not. */
  appliedTo: Record<ModerationCategory, ('text' | 'image')[]>
}

export interface ModerationResult {
  /** One for each item, in their order. */
  verdicts: ModerationVerdict[]
  /** Null where the vendor counts nothing. */
  usage: Usage | null
}

export interface ModerationModel {
  /** Whether it can be shown images. */
  readonly takesImages: boolean
  /** Throws a Problem where the vendor does not answer. */
  moderate(items: ModerationItem[], options: { signal: AbortSignal }): Promise<ModerationResult>
}
