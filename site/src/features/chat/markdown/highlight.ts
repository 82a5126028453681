// Fetched only where there is code to colour.
import DOMPurify from 'dompurify'
import hljs from 'highlight.js/lib/core'
import { loadLanguage } from './languages.ts'
import type { Language } from './languages.ts'

/** Beyond this size colours cost more than they help. */
const LONGEST = 60_000

const loading = new Map<Language, Promise<void>>()

function ensureLanguage(language: Language): Promise<void> {
  const known = loading.get(language)
  if (known) return known
  const loaded = loadLanguage(language).then((define) => hljs.registerLanguage(language, define))
  loading.set(language, loaded)
  return loaded
}

/** Coloured code as HTML of spans with classes alone, or null where it stays plain. */
export async function highlight(code: string, language: Language): Promise<string | null> {
  if (code.length > LONGEST) return null
  await ensureLanguage(language)
  const { value } = hljs.highlight(code, { language, ignoreIllegals: true })
  return DOMPurify.sanitize(value, {
    ALLOWED_TAGS: ['span'],
    ALLOWED_ATTR: ['class'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
}
