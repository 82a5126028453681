import { useEffect } from 'preact/hooks'
import { account, accountProblem, loadAccount } from '../../api/account.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AppearanceCard } from './appearance-card.tsx'
import { DataCard } from './data-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { ProfileCard } from './profile-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { TwoFactorCard } from './two-factor-card.tsx'

function Settings() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const known = account.value
  const problem = accountProblem.value
  return (
    <div class="settings">
      <div class="page-head">
        <h1>{t('shell.settings')}</h1>
      </div>
      {!known && problem && <ErrorState problem={problem} onRetry={() => void loadAccount({ again: true })} />}
      {!known && !problem && <Skeleton lines={6} />}
      {known && (
        <div class="stack settings-cards">
          <ProfileCard user={known.user} />
          <AppearanceCard />
          <PasswordCard />
          <TwoFactorCard enabled={known.user.two_factor_enabled} />
          <SessionsCard />
          <DataCard email={known.user.email} />
        </div>
      )}
    </div>
  )
}

export const SettingsIsland = island(Settings)
