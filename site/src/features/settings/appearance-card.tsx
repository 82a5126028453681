import { useEffect, useState } from 'preact/hooks'
import { updateAccount } from '../../api/account.ts'
import type { Account } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { localeName, localeTags } from '../../i18n/locales.ts'
import { inLocale } from '../../i18n/paths.ts'
import { rememberLocale } from '../../i18n/remember-locale.ts'
import type { Key } from '../../i18n/locales.ts'
import { getTheme, setTheme, themes } from '../../theme/theme.ts'
import type { Theme } from '../../theme/theme.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { SettingsCard } from './settings-card.tsx'

const themeLabels: Record<Theme, Key> = { system: 'app.theme-system', light: 'app.theme-light', dark: 'app.theme-dark' }

export function AppearanceCard() {
  const t = useTranslate()
  const locale = useLocale()
  const [theme, setShown] = useState<Theme>('system')
  useEffect(() => setShown(getTheme()), [])

  const changeLanguage = useAction(async (chosen: string) => {
    await updateAccount({ locale: chosen as Account['user']['locale'] })
    rememberLocale(chosen)
    window.location.assign(inLocale(window.location.pathname, chosen))
  })
  const chooseTheme = (chosen: Theme) => {
    setTheme(chosen)
    setShown(chosen)
  }
  return (
    <SettingsCard title={t('settings.appearance')}>
      <div class="stack">
        <Select
          label={t('app.language')}
          hint={t('settings.language-hint')}
          value={locale}
          options={localeTags.map((tag) => ({ value: tag, label: localeName(tag) }))}
          disabled={changeLanguage.running}
          onChange={(chosen) => void changeLanguage.run(chosen)}
        />
        {changeLanguage.problem && <ProblemNote problem={changeLanguage.problem} />}
        <Select
          label={t('app.theme')}
          value={theme}
          options={themes.map((name) => ({ value: name, label: t(themeLabels[name]) }))}
          onChange={chooseTheme}
        />
      </div>
    </SettingsCard>
  )
}
