import { useEffect, useState } from 'preact/hooks'
import { toApiProblem } from '../../api/api-problem.ts'
import { signIn } from '../../api/auth.ts'
import { safeNextPath } from '../../api/next-path.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { complainAboutEmail, complainAboutRequired } from '../../api/auth-rules.ts'
import { emailInToken, useConfirmation } from './confirmation.ts'
import { Gate } from './gate.tsx'
import { nextFromAddress, useNextSuffix } from './next-address.ts'
import { TwoFactorStep } from './two-factor-step.tsx'
import { useCheckedForm } from '../../ui/use-checked-form.ts'

function SignIn() {
  const t = useTranslate()
  const locale = useLocale()
  const suffix = useNextSuffix()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [second, setSecond] = useState(false)
  const [confirmation, giveUpConfirmation] = useConfirmation()
  const [linkDied, setLinkDied] = useState(false)
  useEffect(() => {
    if (confirmation) setEmail((typed) => typed || emailInToken(confirmation))
  }, [confirmation])

  const home = localized(locale, '/chat')
  const enter = () => window.location.assign(linkDied ? home : safeNextPath(nextFromAddress(), home))
  const { errorOf, onSubmit } = useCheckedForm(() => ({
    email: complainAboutEmail(email),
    password: complainAboutRequired(password),
  }))
  const attempt = useAction(async () => {
    try {
      const answer = await signIn({ email: email.trim(), password, ...(confirmation && { confirmation }) })
      if (answer.twoFactorRedirect) setSecond(true)
      else enter()
    } catch (error) {
      // The link is of no use any more, but the account can still be signed in to.
      if (toApiProblem(error).code === 'INVALID_TOKEN') {
        giveUpConfirmation()
        setLinkDied(true)
      }
      throw error
    }
  })
  if (second) return <TwoFactorStep onDone={enter} onBack={() => setSecond(false)} />
  return (
    <Gate
      title={t(confirmation ? 'auth.confirm-sign-in-title' : 'auth.sign-in-title')}
      text={confirmation && t('auth.confirm-sign-in-text')}
      foot={
        <>
          <p>
            <a href={localized(locale, '/forgot-password')}>{t('auth.forgot')}</a>
          </p>
          <p>
            {t('auth.no-account')} <a href={localized(locale, `/sign-up${suffix}`)}>{t('public.sign-up')}</a>
          </p>
        </>
      }
    >
      <form class="stack" onSubmit={onSubmit(() => void attempt.run())} noValidate>
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
          type="password"
          name="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          error={errorOf('password')}
          required
        />
        {attempt.problem && <ProblemNote problem={attempt.problem} />}
        <Button type="submit" variant="primary" busy={attempt.running}>
          {t('auth.sign-in-submit')}
        </Button>
      </form>
    </Gate>
  )
}

export const SignInIsland = island(SignIn)
