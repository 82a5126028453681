import { createInstance } from 'i18next'
import type { FormatterModule } from 'i18next'
import { formatNumber } from './format-number.ts'
import { dictionaries, sourceLocale } from './locales.ts'
import type { Key, Locale } from './locales.ts'

export type Values = Record<string, string | number>
export type Translate = (key: Key, values?: Values) => string

const translators = new Map<Locale, Translate>()

/** The sentences of one language. */
export function translator(locale: Locale): Translate {
  const known = translators.get(locale)
  if (known) return known
  const made = createTranslator(locale)
  translators.set(locale, made)
  return made
}

function createTranslator(locale: Locale): Translate {
  const { meta: _, ...sentences } = dictionaries[locale] ?? dictionaries[sourceLocale] ?? { meta: null }
  const i18n = createInstance().use(numbersOf(locale))
  void i18n.init({
    lng: locale,
    resources: { [locale]: { translation: sentences } },
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: {
      // Preact escapes what it renders; escaping twice would show entities.
      escapeValue: false,
      alwaysFormat: true,
    },
  })
  return (key, values = {}) => i18n.t(key, values)
}

/** Counts within sentences, with the language's separators. */
const numbersOf = (locale: Locale): FormatterModule => ({
  type: 'formatter',
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown) => (typeof value === 'number' ? formatNumber(locale, value) : String(value)),
})

/** Whether a sentence exists for a key that came from outside, such as an error code. */
export function hasKey(locale: Locale, key: string): key is Key {
  return key in (dictionaries[locale] ?? {})
}
