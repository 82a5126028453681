import { useState } from 'preact/hooks'
import { requestPasswordReset } from '../../api/auth.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { complainAboutEmail } from '../../api/auth-rules.ts'
import { Gate } from './gate.tsx'
import { useCheckedForm } from '../../ui/use-checked-form.ts'

function ForgotPassword() {
  const t = useTranslate()
  const locale = useLocale()
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const { errorOf, onSubmit } = useCheckedForm(() => ({ email: complainAboutEmail(email) }))
  const request = useAction(async () => {
    await requestPasswordReset({ email: email.trim(), redirectTo: localized(locale, '/reset-password') })
    setSent(true)
  })
  const back = <a href={localized(locale, '/sign-in')}>{t('auth.back-to-sign-in')}</a>
  if (sent) {
    return (
      <div role="status">
        <Gate title={t('auth.forgot-sent-title')} text={t('auth.forgot-sent', { email: email.trim() })} foot={back} />
      </div>
    )
  }
  return (
    <Gate title={t('auth.forgot-title')} text={t('auth.forgot-text')} foot={back}>
      <form class="stack" onSubmit={onSubmit(() => void request.run())} noValidate>
        <Field
          label={t('auth.email')}
          type="email"
          name="email"
          autocomplete="username"
          value={email}
          onInput={setEmail}
          error={errorOf('email')}
          required
        />
        {request.problem && <ProblemNote problem={request.problem} />}
        <Button type="submit" variant="primary" busy={request.running}>
          {t('auth.forgot-submit')}
        </Button>
      </form>
    </Gate>
  )
}

export const ForgotPasswordIsland = island(ForgotPassword)
