import { useState } from 'preact/hooks'
import { loadAccount } from '../../api/account.ts'
import { disableTwoFactor } from '../../api/auth.ts'
import { complainAboutRequired } from '../../api/auth-rules.ts'
import { useAction } from '../../api/use-action.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { toast } from '../../ui/toasts.ts'
import { useCheckedForm } from '../../ui/use-checked-form.ts'
import { PasswordStep } from './password-step.tsx'
import { SettingsCard } from './settings-card.tsx'
import { TwoFactorSetup } from './two-factor-setup.tsx'

export function TwoFactorCard({ enabled }: { enabled: boolean }) {
  const t = useTranslate()
  const [open, setOpen] = useState(false)
  const state = (
    <Badge tone={enabled ? 'success' : 'neutral'}>
      {t(enabled ? 'settings.two-factor-on' : 'settings.two-factor-off')}
    </Badge>
  )
  const close = () => setOpen(false)
  return (
    <SettingsCard title={t('settings.two-factor')} text={t('settings.two-factor-text')} state={state}>
      <div>
        <Button onClick={() => setOpen(true)}>
          {t(enabled ? 'settings.two-factor-disable' : 'settings.two-factor-enable')}
        </Button>
      </div>
      <Dialog open={open} onClose={close} title={t('settings.two-factor')} size="sm">
        {enabled ? <TurnOff onDone={close} /> : <TwoFactorSetup onDone={close} />}
      </Dialog>
    </SettingsCard>
  )
}

function TurnOff({ onDone }: { onDone: () => void }) {
  const t = useTranslate()
  const [password, setPassword] = useState('')
  const { errorOf, onSubmit } = useCheckedForm(() => ({ password: complainAboutRequired(password) }))
  const disable = useAction(async () => {
    await disableTwoFactor(password)
    await loadAccount({ again: true })
    toast({ text: t('settings.two-factor-disabled') })
    onDone()
  })
  return (
    <PasswordStep
      password={password}
      onInput={setPassword}
      error={errorOf('password')}
      problem={disable.problem}
      busy={disable.running}
      submitLabel={t('settings.two-factor-disable')}
      danger
      onSubmit={onSubmit(() => void disable.run())}
    />
  )
}
