import { useEffect, useState } from 'preact/hooks'
import { resetPassword } from '../../api/auth.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { PASSWORD_MIN, complainAboutPassword } from '../../api/auth-rules.ts'
import { Gate } from './gate.tsx'
import { useCheckedForm } from '../../ui/use-checked-form.ts'

const TOKEN = 'riwaq:reset-token'

type Stage = { name: 'form'; token: string } | { name: 'dead' } | { name: 'done' }

function ResetPassword() {
  const t = useTranslate()
  const locale = useLocale()
  const [stage, setStage] = useState<Stage>({ name: 'form', token: '' })
  useEffect(() => {
    const search = new URLSearchParams(window.location.search)
    const token = search.get('token') ?? sessionStorage.getItem(TOKEN)
    setStage(token && !search.has('error') ? { name: 'form', token } : { name: 'dead' })
    // The token is worth a password: it does not stay in the address, where it would be shared or kept, but in
    // this tab, so that the page can still be read in another language.
    if (token) sessionStorage.setItem(TOKEN, token)
    window.history.replaceState(null, '', window.location.pathname)
  }, [])

  if (stage.name === 'dead') {
    return (
      <Gate
        title={t('auth.link-dead-title')}
        text={t('auth.link-dead')}
        foot={<LinkButton href={localized(locale, '/forgot-password')}>{t('auth.new-link')}</LinkButton>}
      />
    )
  }
  if (stage.name === 'done') {
    return (
      <Gate
        title={t('auth.reset-done-title')}
        text={t('auth.reset-done')}
        foot={
          <LinkButton variant="primary" href={localized(locale, '/sign-in')}>
            {t('public.sign-in')}
          </LinkButton>
        }
      />
    )
  }
  return <NewPasswordForm token={stage.token} onDone={() => setStage({ name: 'done' })} />
}

function NewPasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useTranslate()
  const [password, setPassword] = useState('')
  const { errorOf, onSubmit } = useCheckedForm(() => ({ password: complainAboutPassword(password) }))
  const save = useAction(async () => {
    await resetPassword({ newPassword: password, token })
    sessionStorage.removeItem(TOKEN)
    onDone()
  })
  return (
    <Gate title={t('auth.reset-title')}>
      <form class="stack" onSubmit={onSubmit(() => void save.run())} noValidate>
        <Field
          label={t('auth.new-password')}
          hint={t('auth.password-hint', { count: PASSWORD_MIN })}
          type="password"
          name="new-password"
          autocomplete="new-password"
          value={password}
          onInput={setPassword}
          error={errorOf('password')}
          required
        />
        {save.problem && <ProblemNote problem={save.problem} />}
        <Button type="submit" variant="primary" busy={save.running}>
          {t('auth.reset-submit')}
        </Button>
      </form>
    </Gate>
  )
}

export const ResetPasswordIsland = island(ResetPassword)
