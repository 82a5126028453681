import type { UsageEntry } from '#shared/contracts/usage'
import type { Translate } from '../../i18n/translate.ts'

/** What the platform itself writes beside the credit of a new organization. */
const SIGN_UP_NOTE = 'sign-up credit'

/** What an entry is about: the model of a charge, the reason of anything else. */
export function entryTitle(entry: Pick<UsageEntry, 'kind' | 'model' | 'note'>, t: Translate): string {
  if (entry.model) return entry.model
  if (entry.kind === 'grant' && entry.note === SIGN_UP_NOTE) return t('usage.signup-credit')
  return entry.note ?? t(`usage.kind-${entry.kind}`)
}
