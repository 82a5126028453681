import { useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { deleteOrganization } from './member-calls.ts'

export function DeleteOrganization({ name }: { name: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  const remove = useAction(async () => {
    await deleteOrganization()
    // The session falls back to one's personal organization.
    window.location.assign(localized(locale, '/chat'))
  })
  const close = () => {
    setOpen(false)
    remove.clear()
  }
  return (
    <section class="stack" aria-labelledby="members-delete">
      <div>
        <h2 class="members-subhead" id="members-delete">
          {t('members.delete-organization')}
        </h2>
        <p class="muted small">{t('members.delete-text')}</p>
      </div>
      <div>
        <Button icon="trash" onClick={() => setOpen(true)}>
          {t('members.delete-organization')}
        </Button>
      </div>
      <ConfirmDialog
        open={open}
        onClose={close}
        onConfirm={() => void remove.run()}
        title={t('members.delete-title', { name })}
        description={t('members.delete-text')}
        confirmLabel={t('members.delete-organization')}
        typeToConfirm={name}
        danger
        busy={remove.running}
        problem={remove.problem}
      />
    </section>
  )
}
