import { useState } from 'preact/hooks'
import { loadAccount, updateAccount } from '../../api/account.ts'
import type { Account } from '../../api/account.ts'
import { sendVerificationEmail } from '../../api/auth.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { toast } from '../../ui/toasts.ts'
import { SettingsCard } from './settings-card.tsx'

export function ProfileCard({ user }: { user: Account['user'] }) {
  const t = useTranslate()
  const [name, setName] = useState(user.name)
  const [error, setError] = useState<string | null>(null)
  const save = useAction(async () => {
    await updateAccount({ name: name.trim() })
    await loadAccount({ again: true })
    toast({ text: t('ui.saved') })
  })
  const submit = (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return setError(t('ui.required'))
    setError(null)
    void save.run()
  }
  return (
    <SettingsCard title={t('settings.profile')} text={t('settings.profile-text')}>
      <form class="stack" onSubmit={submit} noValidate>
        <Field
          label={t('settings.name')}
          name="name"
          autocomplete="name"
          value={name}
          onInput={setName}
          error={error}
          maxLength={100}
          required
        />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div>
          <Button type="submit" variant="primary" busy={save.running} disabled={name.trim() === user.name}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
      <EmailRow user={user} />
    </SettingsCard>
  )
}

function EmailRow({ user }: { user: Account['user'] }) {
  const t = useTranslate()
  const locale = useLocale()
  const send = useAction(async () => {
    await sendVerificationEmail({ email: user.email, callbackURL: localized(locale, '/verified') })
    toast({ tone: 'info', text: t('settings.confirmation-sent', { email: user.email }) })
  })
  return (
    <div class="stack settings-row">
      <p class="cluster">
        <bdi dir="ltr">{user.email}</bdi>
        <Badge tone={user.email_verified ? 'success' : 'warning'}>
          {t(user.email_verified ? 'settings.email-confirmed' : 'settings.email-unconfirmed')}
        </Badge>
      </p>
      {!user.email_verified && (
        <div>
          <Button size="sm" icon="mail" busy={send.running} onClick={() => void send.run()}>
            {t('settings.send-confirmation')}
          </Button>
        </div>
      )}
      {send.problem && <ProblemNote problem={send.problem} />}
    </div>
  )
}
