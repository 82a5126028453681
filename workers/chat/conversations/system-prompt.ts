// What every model is told before the conversation: where it is, and in which language to answer.
import type { CatalogModel } from '#shared/contracts/model'

const names = new Intl.DisplayNames(['en'], { type: 'language' })

/** `ar` → `Arabic`; a tag that has no name is its own. */
export function nameOfLanguage(tag: string): string {
  if (tag === 'ar-Latn') return 'Arabic'
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

function languageRule(language: string | null): string {
  if (language === null) return 'Answer in the language of the user’s last message.'
  if (language === 'ar-Latn') {
    return 'The user’s last message is Arabic written in Latin letters (Arabizi; 3 is ع, 7 is ح, 2 is a hamza). Answer in Arabic, in Arabic script, unless the user asks for Latin letters or for another language.'
  }
  const rule = `The user’s last message is in ${nameOfLanguage(language)}. Answer in ${nameOfLanguage(language)}, unless the user asks for another language.`
  if (language !== 'ar') return rule
  return `${rule} If the user writes in a dialect, understand it as such and answer in natural Arabic close to it; if in Modern Standard Arabic, answer in it. Write code, commands and product names as they are usually written.`
}

export function systemPrompt({
  model,
  language,
  now,
}: {
  model: CatalogModel
  language: string | null
  now: number
}): string {
  const today = new Date(now).toISOString().slice(0, 10)
  return [
    `You are ${model.name}, a helpful assistant that people talk to through Riwaq (رواق), in Arabic, English and other languages. Today is ${today}.`,
    languageRule(language),
    'Use Markdown where it helps. Put code into fenced blocks that name their language. Say so when you do not know something.',
  ].join('\n')
}
