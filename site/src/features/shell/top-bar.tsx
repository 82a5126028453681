import { useState } from 'preact/hooks'
import { account } from '../../api/account.ts'
import { billingStatus } from '../../api/billing-status.ts'
import { Badge } from '../../ui/badge.tsx'
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
      <TestPayments />
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

/** On phones the billing pages alone say it: there is no room for it above every page. */
function TestPayments() {
  const t = useTranslate()
  const status = billingStatus.value
  if (!status?.can_manage || status.mode !== 'stripe' || !status.test_payments) return null
  return (
    <span class="wide-only" title={t('shell.test-payments-text')}>
      <Badge tone="warning">{t('shell.test-payments')}</Badge>
    </span>
  )
}
