import { useState } from 'preact/hooks'
import { deleteAccount, exportAddress, libraryExportAddress } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { SettingsCard } from './settings-card.tsx'

export function DataCard({ email }: { email: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const remove = useAction(async () => {
    await deleteAccount(password)
    window.location.assign(localized(locale, '/'))
  })
  const close = () => {
    setOpen(false)
    setPassword('')
    remove.clear()
  }
  return (
    <>
      <SettingsCard title={t('settings.data')} text={t('settings.export-text')}>
        <div class="cluster">
          <LinkButton href={exportAddress} download icon="download">
            {t('settings.export')}
          </LinkButton>
          <LinkButton href={libraryExportAddress} download icon="download">
            {t('settings.export-library')}
          </LinkButton>
        </div>
      </SettingsCard>
      <SettingsCard title={t('settings.delete')} text={t('settings.delete-text')}>
        <div>
          <Button variant="danger" onClick={() => setOpen(true)}>
            {t('settings.delete')}
          </Button>
        </div>
        <ConfirmDialog
          open={open}
          onClose={close}
          onConfirm={() => void remove.run()}
          title={t('settings.delete')}
          description={t('settings.delete-text')}
          confirmLabel={t('settings.delete-confirm')}
          typeToConfirm={email}
          danger
          busy={remove.running}
          problem={remove.problem}
        >
          <Field
            label={t('auth.password')}
            type="password"
            name="current-password"
            autocomplete="current-password"
            value={password}
            onInput={setPassword}
            required
          />
        </ConfirmDialog>
      </SettingsCard>
    </>
  )
}
