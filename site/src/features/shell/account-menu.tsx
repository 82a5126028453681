import type { Account } from '../../api/account.ts'
import { signOut } from '../../api/auth.ts'
import { localized } from '../../i18n/paths.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { useLanguageItems } from './language-menu.tsx'
import { useThemeItems } from './theme-menu.tsx'

export function AccountMenu({ user }: { user: Account['user'] | null }) {
  const t = useTranslate()
  const locale = useLocale()
  const languages = useLanguageItems()
  const themes = useThemeItems()

  const leave = async () => {
    try {
      await signOut()
      window.location.assign(localized(locale, '/'))
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  }
  return (
    <Menu
      label={t('shell.account')}
      class="account-button"
      items={[
        { separator: true, heading: user ? user.email : t('shell.account') },
        { label: t('shell.settings'), icon: 'settings', href: localized(locale, '/settings') },
        { separator: true, heading: t('app.language') },
        ...languages,
        { separator: true, heading: t('app.theme') },
        ...themes,
        { separator: true },
        { label: t('shell.sign-out'), icon: 'sign-out', onSelect: () => void leave() },
      ]}
    >
      <Avatar name={user?.name ?? ''} />
    </Menu>
  )
}
