import type { ModerationCategory } from '../../spec/moderation-model.ts'

/** Phrases of one category, as alternatives of a regular expression over folded words with one space between them. */
export type Rules = Partial<Record<ModerationCategory, readonly string[]>>
