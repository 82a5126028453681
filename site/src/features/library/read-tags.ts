// Tags as people type them: with commas of either language between them.
const TAG_MAX = 40
const TAGS_MAX = 20

export interface ReadTags {
  tags: string[]
  fault: 'long' | 'many' | null
}

export function readTags(text: string): ReadTags {
  const tags = [...new Set(text.split(/[,،;؛\n]/).map((tag) => tag.trim().replace(/\s+/g, ' ')))].filter(Boolean)
  const fault = tags.some((tag) => tag.length > TAG_MAX) ? 'long' : tags.length > TAGS_MAX ? 'many' : null
  return { tags, fault }
}

export const typedTags = (tags: readonly string[]): string =>
  tags.join(tags.some((tag) => /\p{Script=Arabic}/u.test(tag)) ? '، ' : ', ')
