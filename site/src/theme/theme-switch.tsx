import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import type { Theme } from './theme.ts'

const icons: Record<Theme, IconName> = { system: 'device', light: 'sun', dark: 'moon' }

/** All three; the style sheet shows the one that is chosen. */
export function ThemeSwitchIcons() {
  return (
    <>
      {Object.entries(icons).map(([theme, icon]) => (
        <span key={theme} class={`theme-icon theme-icon-${theme}`}>
          <Icon name={icon} size={18} />
        </span>
      ))}
    </>
  )
}
