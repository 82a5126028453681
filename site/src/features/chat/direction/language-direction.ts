import type { Direction } from './block-direction.ts'

const rtlLanguages = new Set(['ar', 'he', 'fa', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb', 'syr', 'nqo', 'arc'])
const rtlScripts = new Set(['arab', 'hebr', 'syrc', 'thaa', 'nkoo', 'adlm'])

/** The direction of a BCP-47 tag. `ar-Latn`, Arabic in Latin letters, reads left to right. */
export function languageDirection(tag: string | null | undefined): Direction | null {
  if (!tag) return null
  const [language = '', ...rest] = tag.toLowerCase().split('-')
  if (language === 'und') return null
  const script = rest.find((part) => /^[a-z]{4}$/.test(part))
  if (script) return rtlScripts.has(script) ? 'rtl' : 'ltr'
  return rtlLanguages.has(language) ? 'rtl' : 'ltr'
}

/** The direction of a whole conversation: that of its newest message whose language is known. */
export function conversationDirection(messages: readonly { language: string | null }[]): Direction | null {
  for (let index = messages.length - 1; index >= 0; index--) {
    const direction = languageDirection(messages[index]?.language)
    if (direction) return direction
  }
  return null
}
