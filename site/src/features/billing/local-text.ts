import type { LocalText } from '#shared/contracts/plans'
import type { Locale } from '../../i18n/locales.ts'

/** What the operator wrote, in the reader's language. */
export const localText = (text: LocalText, locale: Locale): string => (locale.startsWith('ar') ? text.ar : text.en)
