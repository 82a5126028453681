import { useState } from 'preact/hooks'
import { changePassword } from '../../api/auth.ts'
import { PASSWORD_MIN, complainAboutPassword, complainAboutRequired } from '../../api/auth-rules.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { toast } from '../../ui/toasts.ts'
import { useCheckedForm } from '../../ui/use-checked-form.ts'
import { SettingsCard } from './settings-card.tsx'

export function PasswordCard() {
  const t = useTranslate()
  const [current, setCurrent] = useState('')
  const [wanted, setWanted] = useState('')
  const { errorOf, onSubmit, reset } = useCheckedForm(() => ({
    current: complainAboutRequired(current),
    wanted: complainAboutPassword(wanted),
  }))
  const change = useAction(async () => {
    await changePassword({ currentPassword: current, newPassword: wanted, revokeOtherSessions: true })
    setCurrent('')
    setWanted('')
    reset()
    toast({ text: t('settings.password-changed') })
  })
  return (
    <SettingsCard title={t('settings.password')} text={t('settings.password-text')}>
      <form class="stack" onSubmit={onSubmit(() => void change.run())} noValidate>
        <Field
          label={t('settings.current-password')}
          type="password"
          name="current-password"
          autocomplete="current-password"
          value={current}
          onInput={setCurrent}
          error={errorOf('current')}
          required
        />
        <Field
          label={t('auth.new-password')}
          hint={t('auth.password-hint', { count: PASSWORD_MIN })}
          type="password"
          name="new-password"
          autocomplete="new-password"
          value={wanted}
          onInput={setWanted}
          error={errorOf('wanted')}
          required
        />
        {change.problem && <ProblemNote problem={change.problem} />}
        <div>
          <Button type="submit" variant="primary" busy={change.running}>
            {t('settings.change-password')}
          </Button>
        </div>
      </form>
    </SettingsCard>
  )
}
