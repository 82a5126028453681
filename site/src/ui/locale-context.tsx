import { createContext } from 'preact'
import type { ComponentType } from 'preact'
import { useContext } from 'preact/hooks'
import type { Locale } from '../i18n/locales.ts'
import { translator } from '../i18n/translate.ts'
import type { Translate } from '../i18n/translate.ts'

const LocaleContext = createContext<Locale>('en')

export const useLocale = (): Locale => useContext(LocaleContext)
export const useTranslate = (): Translate => translator(useContext(LocaleContext))

/** Makes a component that a page can place: `<UsageIsland locale={locale} client:load />`. */
export function island<P extends object>(Component: ComponentType<P>): ComponentType<P & { locale: Locale }> {
  return function Island({ locale, ...props }: P & { locale: Locale }) {
    return (
      <LocaleContext.Provider value={locale}>
        <Component {...(props as unknown as P)} />
      </LocaleContext.Provider>
    )
  }
}
