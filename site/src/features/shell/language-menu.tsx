import { localeName, localeTags } from '../../i18n/locales.ts'
import { inLocale } from '../../i18n/paths.ts'
import { rememberLocale } from '../../i18n/remember-locale.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { usePath } from './use-path.ts'

/** The same page in every language there is. */
export function useLanguageItems(): MenuItem[] {
  const locale = useLocale()
  const path = usePath()
  return localeTags.map((tag) => ({
    label: localeName(tag),
    href: inLocale(path, tag),
    onFollow: () => rememberLocale(tag),
    lang: tag,
    checked: tag === locale,
  }))
}

export function LanguageMenu() {
  const t = useTranslate()
  return <Menu label={t('app.language')} icon="globe" iconOnly items={useLanguageItems()} />
}
