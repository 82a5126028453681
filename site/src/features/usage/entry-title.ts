import type { Translate } from '../../i18n/translate.ts'
import type { Entry } from './usage-wire.ts'

/** What an entry is about: the model of a charge, the reason of anything else. */
export function entryTitle(entry: Pick<Entry, 'kind' | 'model' | 'note'>, t: Translate): string {
  if (entry.model) return entry.model
  if (entry.note === 'signup') return t('usage.signup-credit')
  return entry.note ?? t(`usage.kind-${entry.kind}`)
}
