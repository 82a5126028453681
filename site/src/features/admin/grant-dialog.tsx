import { useState } from 'preact/hooks'
import type { AdminOrganization, GrantedCredit } from '#shared/contracts/administration'
import { announceSpent } from '../../api/balance.ts'
import { useAction } from '../../api/use-action.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { toast } from '../../ui/toasts.ts'
import { grantCredit } from './admin-calls.ts'
import { newGrant, readGrant, UNUSUAL_MICROS } from './grant-form.ts'
import type { GrantFaults } from './grant-form.ts'

interface GrantDialogProps {
  organization: AdminOrganization | null
  onClose: () => void
  onGranted: (organization: AdminOrganization, granted: GrantedCredit) => void
}

export function GrantDialog({ organization, onClose, onGranted }: GrantDialogProps) {
  const t = useTranslate()
  return (
    <Dialog
      open={organization !== null}
      onClose={onClose}
      size="sm"
      title={t('admin.grant-title', { name: organization?.name ?? '' })}
      description={t('admin.grant-text')}
    >
      {organization && (
        <GrantForm key={organization.id} organization={organization} onClose={onClose} onGranted={onGranted} />
      )}
    </Dialog>
  )
}

function GrantForm({ organization, onClose, onGranted }: GrantDialogProps & { organization: AdminOrganization }) {
  const t = useTranslate()
  const locale = useLocale()
  const [draft, setDraft] = useState(() => newGrant(() => crypto.randomUUID()))
  const [faults, setFaults] = useState<GrantFaults>({})
  const [confirmed, setConfirmed] = useState<number | null>(null)
  const reading = readGrant(draft)
  const unusual = reading.ok && reading.body.amount_micros > UNUSUAL_MICROS && confirmed === reading.body.amount_micros

  const grant = useAction(async () => {
    setFaults(reading.ok ? {} : reading.faults)
    if (!reading.ok) return
    const { amount_micros } = reading.body
    if (amount_micros > UNUSUAL_MICROS && confirmed !== amount_micros) return setConfirmed(amount_micros)
    const granted = await grantCredit(organization.id, reading.body)
    toast({
      text: granted.repeated
        ? t('admin.grant-repeated')
        : t('admin.grant-done', { amount: formatMoney(locale, granted.amount_micros), name: organization.name }),
    })
    // It may be the reader's own organization whose balance stands above.
    announceSpent()
    onGranted(organization, granted)
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void grant.run()
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <Field
        label={t('admin.grant-amount')}
        hint={t('admin.grant-amount-hint')}
        error={faults.amount ? t(amountSentence(faults.amount)) : null}
        value={draft.amount}
        onInput={(amount) => setDraft({ ...draft, amount })}
        inputMode="decimal"
        autocomplete="off"
        latin
      />
      <Field
        label={t('admin.grant-note')}
        hint={t('admin.grant-note-hint')}
        error={faults.note ? t('admin.grant-note-long') : null}
        value={draft.note}
        onInput={(note) => setDraft({ ...draft, note })}
        autocomplete="off"
        optional
      />
      {unusual && (
        <Note tone="warning" role="alert">
          {t('admin.grant-unusual', { amount: formatMoney(locale, UNUSUAL_MICROS, 'short') })}
        </Note>
      )}
      {grant.problem && <ProblemNote problem={grant.problem} />}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={grant.running}>
          {reading.ok
            ? t('admin.grant-submit', { amount: formatMoney(locale, reading.body.amount_micros) })
            : t('admin.grant')}
        </Button>
      </div>
    </form>
  )
}
