import type { ApiProblem } from '../../api/api-problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

interface PasswordStepProps {
  password: string
  onInput: (password: string) => void
  error: string | null
  problem: ApiProblem | null
  busy: boolean
  submitLabel: string
  danger?: boolean
  onSubmit: (event: SubmitEvent) => void
}

/** The password once more, before something that a borrowed session must not be able to do. */
export function PasswordStep({
  password,
  onInput,
  error,
  problem,
  busy,
  submitLabel,
  danger,
  onSubmit,
}: PasswordStepProps) {
  const t = useTranslate()
  return (
    <form class="stack" onSubmit={onSubmit} noValidate>
      <Field
        label={t('settings.current-password')}
        hint={t('settings.two-factor-password')}
        type="password"
        name="current-password"
        autocomplete="current-password"
        value={password}
        onInput={onInput}
        error={error}
        required
      />
      {problem && <ProblemNote problem={problem} />}
      <div class="dialog-foot">
        <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
