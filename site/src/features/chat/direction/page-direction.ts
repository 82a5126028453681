import { dictionaries } from '../../../i18n/locales.ts'
import type { Locale } from '../../../i18n/locales.ts'
import type { Direction } from './block-direction.ts'

export const pageDirection = (locale: Locale): Direction => dictionaries[locale]?.meta.dir ?? 'ltr'
