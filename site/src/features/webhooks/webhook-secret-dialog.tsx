import { useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'

/** The one time that a secret is seen. It is kept nowhere but in this dialog and gone when it closes. */
export function WebhookSecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useTranslate()
  return (
    <Dialog open={secret !== null} onClose={onClose} title={t('webhooks.secret-title')} size="md">
      {secret !== null && <Secret secret={secret} onClose={onClose} />}
    </Dialog>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div class="stack">
      <Note tone="warning">{t('webhooks.secret-text')}</Note>
      <div class="webhooks-secret">
        <input
          ref={field}
          class="input"
          dir="ltr"
          readOnly
          value={secret}
          aria-label={t('webhooks.secret-label')}
          onFocus={() => field.current?.select()}
          spellcheck={false}
        />
        <CopyButton text={secret} label={t('webhooks.secret-copy')} variant="primary" size="md" />
      </div>
      <p>
        <a href={`/${locale}/docs/webhooks`}>{t('webhooks.secret-docs')}</a>
      </p>
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('webhooks.secret-done')}</Button>
      </div>
    </div>
  )
}
