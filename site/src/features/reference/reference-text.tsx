// The description of the API is written in English, as the wire is. A language with a file in ./texts shows its own.
import type { Locale } from '../../i18n/locales.ts'

const files = import.meta.glob<{ default: Readonly<Record<string, string>> }>('./texts/*.ts', { eager: true })

export const ownText = (locale: Locale, text: string): string | undefined =>
  files[`./texts/${locale}.ts`]?.default[text]

/** What stands between backticks is code. */
export function ReferenceText({ locale, text }: { locale: Locale; text: string }) {
  const own = ownText(locale, text)
  const parts = (own ?? text).split('`').map((part, at) => (at % 2 === 0 ? part : <code key={at}>{part}</code>))
  return own === undefined && locale !== 'en' ? (
    <span lang="en" dir="ltr">
      {parts}
    </span>
  ) : (
    <>{parts}</>
  )
}
