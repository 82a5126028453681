import type { Unit } from '#shared/lib/money'
import type { Key } from '../../i18n/locales.ts'

export const unitSentence = (unit: Unit): Key => `usage.unit-${unit.replaceAll('_', '-')}` as Key
