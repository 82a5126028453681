import { useEffect, useRef, useState } from 'preact/hooks'
import { verifyBackupCode, verifyTotp } from '../../api/auth.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { cleanBackupCode, cleanCode, complainAboutRequired } from '../../api/auth-rules.ts'
import { Gate } from './gate.tsx'
import { useCheckedForm } from '../../ui/use-checked-form.ts'

export function TwoFactorStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const t = useTranslate()
  const [byBackup, setByBackup] = useState(false)
  const [code, setCode] = useState('')
  const [trustDevice, setTrustDevice] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [byBackup])

  const { errorOf, onSubmit } = useCheckedForm(() => ({ code: complainAboutRequired(code) }))
  const verify = useAction(async () => {
    if (byBackup) await verifyBackupCode({ code: cleanBackupCode(code), trustDevice })
    else await verifyTotp({ code: cleanCode(code), trustDevice })
    onDone()
  })
  const change = () => {
    setByBackup(!byBackup)
    setCode('')
    verify.clear()
  }
  return (
    <Gate title={t('auth.two-factor-title')} text={t(byBackup ? 'auth.backup-text' : 'auth.two-factor-text')}>
      <form class="stack" onSubmit={onSubmit(() => void verify.run())} noValidate>
        <Field
          key={String(byBackup)}
          inputRef={input}
          label={t(byBackup ? 'auth.backup-code' : 'auth.two-factor-code')}
          name="code"
          latin
          inputMode={byBackup ? 'text' : 'numeric'}
          autocomplete="one-time-code"
          value={code}
          onInput={setCode}
          error={errorOf('code')}
          required
        />
        <Checkbox label={t('auth.trust-device')} checked={trustDevice} onChange={setTrustDevice} />
        {verify.problem && <ProblemNote problem={verify.problem} />}
        <Button type="submit" variant="primary" busy={verify.running}>
          {t('auth.two-factor-submit')}
        </Button>
        <Button variant="ghost" onClick={change}>
          {t(byBackup ? 'auth.use-app' : 'auth.use-backup')}
        </Button>
        <Button variant="ghost" onClick={onBack}>
          {t('ui.back')}
        </Button>
      </form>
    </Gate>
  )
}
