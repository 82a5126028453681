import { useEffect, useState } from 'preact/hooks'
import type { Key } from '../../i18n/locales.ts'
import { getTheme, setTheme, themes } from '../../theme/theme.ts'
import type { Theme } from '../../theme/theme.ts'
import type { IconName } from '../../ui/icon-paths.ts'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'

const icons: Record<Theme, IconName> = { system: 'device', light: 'sun', dark: 'moon' }
export const themeLabels: Record<Theme, Key> = {
  system: 'app.theme-system',
  light: 'app.theme-light',
  dark: 'app.theme-dark',
}

export function useThemeItems(): MenuItem[] {
  const t = useTranslate()
  const [theme, setShown] = useState<Theme>('system')
  useEffect(() => setShown(getTheme()), [])
  const choose = (chosen: Theme) => {
    setTheme(chosen)
    setShown(chosen)
  }
  return themes.map((name) => ({
    label: t(themeLabels[name]),
    icon: icons[name],
    checked: name === theme,
    onSelect: () => choose(name),
  }))
}

export function ThemeMenu() {
  const t = useTranslate()
  return <Menu label={t('app.theme')} icon="sun" iconOnly items={useThemeItems()} />
}
