// A conversation's name: from the words of its first message at once, from the model after its first answer.
import type { LanguageRequest } from '#shared/providers/spec/language-model'
import type { CatalogModel } from '#shared/contracts/model'
import { nameOfLanguage } from './system-prompt.ts'

const MAX_CHARACTERS = 60

/** Cuts after a whole word, and never inside a character. */
function shorten(text: string, limit: number): string {
  const characters = Array.from(text)
  if (characters.length <= limit) return text
  const cut = characters.slice(0, limit).join('')
  return `${cut.slice(0, cut.includes(' ') ? cut.lastIndexOf(' ') : cut.length).trimEnd()}…`
}

export function titleFromWords(content: string): string {
  const prose = content
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/[#*_`>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return shorten(prose || content.replace(/\s+/g, ' ').trim(), MAX_CHARACTERS)
}

export interface TitleInput {
  model: CatalogModel
  question: string
  answer: string
  language: string | null
}

export function titleRequest({ model, question, answer, language }: TitleInput): LanguageRequest {
  const spoken = language ? nameOfLanguage(language) : 'the language of the conversation'
  const instruction = `Write a title of at most six words for the conversation below, in ${spoken}. Answer with the title alone: no quotation marks, no markup, no full stop.`
  const excerpt = `Question:\n${question.slice(0, 2_000)}\n\nAnswer:\n${answer.slice(0, 1_000)}`
  const effort = model.efforts?.find((each) => each === 'none' || each === 'minimal' || each === 'low')
  return {
    messages: [
      { role: 'system', content: [{ type: 'text', text: instruction }] },
      { role: 'user', content: [{ type: 'text', text: excerpt }] },
    ],
    // A model that reasons counts its reasoning here as well.
    maxOutputTokens: Math.min(model.maxOutputTokens, model.abilities.includes('reasoning') ? 1_000 : 60),
    ...(effort && { reasoning: { effort } }),
  }
}

/** What a model wrote, made fit for one line; empty where nothing usable came. */
export function cleanTitle(text: string): string {
  const line = text
    .trim()
    .split('\n')[0]!
    .replace(/^[#*\s]+|[*\s]+$/g, '')
  const bare = line.replace(/^["'«“”„‘’]+|["'»“”‘’.。]+$/g, '').trim()
  return shorten(bare, MAX_CHARACTERS)
}
