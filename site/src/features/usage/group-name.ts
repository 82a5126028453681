import type { SeriesBy } from '#shared/contracts/usage'
import type { Locale } from '../../i18n/locales.ts'
import { hasKey } from '../../i18n/translate.ts'
import type { Translate } from '../../i18n/translate.ts'
import type { Names } from './names.ts'

interface GroupNameInput {
  by: SeriesBy
  group: string | null
  names: Names
  myId: string | undefined
  locale: Locale
  t: Translate
}

/** How a row of a breakdown is called. */
export function groupName({ by, group, names, myId, locale, t }: GroupNameInput): string {
  if (group === null) return by === 'key' ? t('usage.group-no-key') : t('usage.group-unknown')
  if (by === 'model') return group
  if (by === 'service') return serviceName({ service: group, locale, t })
  if (by === 'key') return names.keys.get(group) ?? group
  const name = names.members.get(group) ?? group
  return group === myId ? `${name} (${t('usage.you')})` : name
}

/** A service that has no sentence yet is shown by its own name. */
export function serviceName({ service, locale, t }: { service: string; locale: Locale; t: Translate }): string {
  const key = `usage.service-${service}`
  return hasKey(locale, key) ? t(key) : service
}
