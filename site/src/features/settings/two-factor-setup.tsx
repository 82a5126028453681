import { useState } from 'preact/hooks'
import { loadAccount } from '../../api/account.ts'
import { enableTwoFactor, verifyTotp } from '../../api/auth.ts'
import { cleanCode, complainAboutRequired } from '../../api/auth-rules.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { toast } from '../../ui/toasts.ts'
import { useCheckedForm } from '../../ui/use-checked-form.ts'
import { PasswordStep } from './password-step.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { secretOf } from './totp-uri.ts'

interface Secrets {
  totpURI: string
  backupCodes: string[]
}

/** Password, then the code of the app, then the backup codes: only after the second does it count. */
export function TwoFactorSetup({ onDone }: { onDone: () => void }) {
  const t = useTranslate()
  const [secrets, setSecrets] = useState<Secrets | null>(null)
  const [confirmed, setConfirmed] = useState(false)
  const finish = async () => {
    onDone()
    toast({ text: t('settings.two-factor-enabled') })
    await loadAccount({ again: true })
  }
  if (!secrets) return <AskPassword onSecrets={setSecrets} />
  if (!confirmed) return <ScanAndConfirm totpURI={secrets.totpURI} onConfirmed={() => setConfirmed(true)} />
  return <BackupCodes codes={secrets.backupCodes} onKept={() => void finish()} />
}

function AskPassword({ onSecrets }: { onSecrets: (secrets: Secrets) => void }) {
  const t = useTranslate()
  const [password, setPassword] = useState('')
  const { errorOf, onSubmit } = useCheckedForm(() => ({ password: complainAboutRequired(password) }))
  const enable = useAction(async () => onSecrets(await enableTwoFactor(password)))
  return (
    <PasswordStep
      password={password}
      onInput={setPassword}
      error={errorOf('password')}
      problem={enable.problem}
      busy={enable.running}
      submitLabel={t('ui.continue')}
      onSubmit={onSubmit(() => void enable.run())}
    />
  )
}

function ScanAndConfirm({ totpURI, onConfirmed }: { totpURI: string; onConfirmed: () => void }) {
  const t = useTranslate()
  const [code, setCode] = useState('')
  const { errorOf, onSubmit } = useCheckedForm(() => ({ code: complainAboutRequired(code) }))
  const verify = useAction(async () => {
    await verifyTotp({ code: cleanCode(code) })
    onConfirmed()
  })
  const secret = secretOf(totpURI)
  return (
    <form class="stack" onSubmit={onSubmit(() => void verify.run())} noValidate>
      <p>{t('settings.two-factor-scan')}</p>
      <QrCode text={totpURI} label={t('settings.two-factor-qr')} />
      <p class="small muted">{t('settings.two-factor-secret')}</p>
      <p class="cluster">
        <code class="secret">{secret}</code>
        <CopyButton text={secret} />
      </p>
      <Field
        label={t('auth.two-factor-code')}
        name="code"
        latin
        inputMode="numeric"
        autocomplete="one-time-code"
        value={code}
        onInput={setCode}
        error={errorOf('code')}
        required
      />
      {verify.problem && <ProblemNote problem={verify.problem} />}
      <div class="dialog-foot">
        <Button type="submit" variant="primary" busy={verify.running}>
          {t('ui.confirm')}
        </Button>
      </div>
    </form>
  )
}

function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslate()
  return (
    <div class="stack">
      <h3>{t('settings.backup-codes')}</h3>
      <p>{t('settings.backup-codes-text')}</p>
      <ul class="backup-codes" role="list">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="dialog-foot">
        <CopyButton text={codes.join('\n')} label={t('settings.backup-codes-copy')} variant="secondary" size="md" />
        <Button variant="primary" onClick={onKept}>
          {t('settings.backup-codes-kept')}
        </Button>
      </div>
    </div>
  )
}
