import { useState } from 'preact/hooks'
import { account } from '../../api/account.ts'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { AccountMenu } from './account-menu.tsx'
import { BalanceChip } from './balance-chip.tsx'
import { CreateOrganizationDialog } from './create-organization-dialog.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { OrganizationMenu } from './organization-menu.tsx'
import { railId } from './rail.tsx'
import { ThemeMenu } from './theme-menu.tsx'

export function TopBar() {
  const t = useTranslate()
  const [creating, setCreating] = useState(false)
  return (
    <header class="app-bar">
      <Button class="narrow-only" variant="ghost" iconOnly icon="menu" popovertarget={railId}>
        {t('shell.open-navigation')}
      </Button>
      <OrganizationMenu current={account.value?.organization ?? null} onCreate={() => setCreating(true)} />
      <span class="app-bar-space" />
      <BalanceChip />
      <span class="wide-only cluster">
        <LanguageMenu />
        <ThemeMenu />
      </span>
      <AccountMenu user={account.value?.user ?? null} />
      <CreateOrganizationDialog open={creating} onClose={() => setCreating(false)} />
    </header>
  )
}
