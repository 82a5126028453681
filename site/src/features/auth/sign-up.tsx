import { useState } from 'preact/hooks'
import { signUp } from '../../api/auth.ts'
import { safeNextPath } from '../../api/next-path.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { PASSWORD_MIN, complainAboutEmail, complainAboutPassword, complainAboutRequired } from '../../api/auth-rules.ts'
import { Gate } from './gate.tsx'
import { keepNext } from './kept-next.ts'
import { nextFromAddress, useNextSuffix } from './next-address.ts'
import { useCheckedForm } from '../../ui/use-checked-form.ts'

function SignUp() {
  const t = useTranslate()
  const locale = useLocale()
  const suffix = useNextSuffix()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [waiting, setWaiting] = useState(false)

  const { errorOf, onSubmit } = useCheckedForm(() => ({
    name: complainAboutRequired(name),
    email: complainAboutEmail(email),
    password: complainAboutPassword(password),
  }))
  const create = useAction(async () => {
    const answer = await signUp({
      name: name.trim(),
      email: email.trim(),
      password,
      locale,
      callbackURL: localized(locale, '/verified'),
    })
    // No session yet: this platform asks for a confirmed address first.
    if (answer?.token === null) {
      keepNext(nextFromAddress())
      setWaiting(true)
    } else window.location.assign(safeNextPath(nextFromAddress(), localized(locale, '/chat')))
  })
  if (waiting) return <Gate title={t('auth.confirm-title')} text={t('auth.confirm-text', { email: email.trim() })} />
  return (
    <Gate
      title={t('auth.sign-up-title')}
      foot={
        <p>
          {t('auth.have-account')} <a href={localized(locale, `/sign-in${suffix}`)}>{t('public.sign-in')}</a>
        </p>
      }
    >
      <form class="stack" onSubmit={onSubmit(() => void create.run())} noValidate>
        <Field
          label={t('auth.name')}
          name="name"
          autocomplete="name"
          value={name}
          onInput={setName}
          error={errorOf('name')}
          maxLength={100}
          required
        />
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
        <Field
          label={t('auth.password')}
          hint={t('auth.password-hint', { count: PASSWORD_MIN })}
          type="password"
          name="password"
          autocomplete="new-password"
          value={password}
          onInput={setPassword}
          error={errorOf('password')}
          required
        />
        {create.problem && <ProblemNote problem={create.problem} />}
        <Button type="submit" variant="primary" busy={create.running}>
          {t('auth.sign-up-submit')}
        </Button>
        <p class="small muted">{t('auth.terms')}</p>
      </form>
    </Gate>
  )
}

export const SignUpIsland = island(SignUp)
