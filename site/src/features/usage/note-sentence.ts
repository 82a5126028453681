import type { Key } from '../../i18n/locales.ts'
import type { Translate } from '../../i18n/translate.ts'

/** What the platform itself writes beside an entry. */
const known: Readonly<Record<string, Key>> = {
  abandoned: 'usage.note-abandoned',
  'late-release': 'usage.note-late-release',
  'sign-up credit': 'usage.signup-credit',
  'late-settlement': 'usage.note-late-settlement',
  'late-settlement-capped': 'usage.note-late-settlement-capped',
}

/** A note in the reader's language where the platform wrote it; what a person wrote stays as it is. */
export function noteSentence(note: string | null, t: Translate): string | null {
  const key = note === null || !Object.hasOwn(known, note) ? undefined : known[note]
  return key ? t(key) : note
}
