// Which languages there are: whatever lies in ./locales. Adding one is adding a file.
import type en from './locales/en.ts'

export interface LocaleMeta {
  /** The language's own name for itself. */
  name: string
  dir: 'ltr' | 'rtl'
}

export type SourceDictionary = typeof en
/** A key as callers spell it: without the plural's ending. */
export type Key = keyof { [K in Exclude<keyof SourceDictionary, 'meta'> as StripPlural<K>]: true }
type StripPlural<K> = K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K

type PluralStem = {
  [K in keyof SourceDictionary]: K extends `${infer Stem}_other` ? Stem : never
}[keyof SourceDictionary]
/** What every other language's file must satisfy: all keys of English, and as many plural forms as it has. */
export type Dictionary = { meta: LocaleMeta } & { [K in Exclude<keyof SourceDictionary, 'meta'>]: string } & {
  [K in `${PluralStem}_${'zero' | 'two' | 'few' | 'many'}`]?: string
}

export type Locale = string

// The build renders every language; a browser fetches only the language of the page it is on.
const files = import.meta.glob<{ default: Dictionary }>('./locales/*.ts')
const modules: Record<string, { default: Dictionary }> = import.meta.env.SSR
  ? (await import('./every-locale.ts')).everyLocale
  : await loadPageLocale()

async function loadPageLocale(): Promise<Record<string, { default: Dictionary }>> {
  const path = `./locales/${document.documentElement.lang}.ts`
  const load = files[path]
  return load ? { [path]: await load() } : {}
}

const tagOf = (path: string): Locale => path.slice('./locales/'.length, -'.ts'.length)

/** The languages that are loaded here. */
export const dictionaries: Record<Locale, Dictionary> = Object.fromEntries(
  Object.entries(modules).map(([path, module]) => [tagOf(path), module.default]),
)

/** Another language than the page's own, where something is shown as its readers see it. */
export async function loadLocale(locale: Locale): Promise<void> {
  if (dictionaries[locale]) return
  const file = await files[`./locales/${locale}.ts`]?.()
  if (file) dictionaries[locale] = file.default
}

export const sourceLocale: Locale = 'en'

/** Every language there is, English first. */
export const localeTags: Locale[] = Object.keys(files)
  .map(tagOf)
  .sort((a, b) => Number(b === sourceLocale) - Number(a === sourceLocale) || a.localeCompare(b))

/** For a page's `data-locale-names`: a browser has one language's file, and asking Intl for the name of another takes
 * a slow phone a tenth of a second. */
export const localeNames = (): string =>
  JSON.stringify(Object.fromEntries(localeTags.map((tag) => [tag, localeName(tag)])))

const namesOfPage = (): Record<Locale, string> =>
  typeof document === 'undefined'
    ? {}
    : (JSON.parse(document.documentElement.dataset.localeNames ?? '{}') as Record<Locale, string>)

/** A language's own name for itself, also where its file is not loaded. */
export const localeName = (locale: Locale): string => dictionaries[locale]?.meta.name ?? namesOfPage()[locale] ?? locale
