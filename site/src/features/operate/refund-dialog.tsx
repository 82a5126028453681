import { useState } from 'preact/hooks'
import type { Invoice } from '#shared/contracts/billing'
import { useAction } from '../../api/use-action.ts'
import { formatMinor, minorToDecimal } from '../../i18n/format-currency.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toasts.ts'
import { faultSentence } from './fault-sentence.ts'
import { refundInvoice } from './operate-calls.ts'
import { readRefund, refundable, type RefundDraft } from './refund-form.ts'
import { kebab } from './kebab.ts'

const reasons = ['requested_by_customer', 'duplicate', 'fraudulent'] as const

interface RefundDialogProps {
  invoice: Invoice
  onClose: () => void
  onDone: () => void
}

export function RefundDialog({ invoice, onClose, onDone }: RefundDialogProps) {
  const t = useTranslate()
  const locale = useLocale()
  const left = refundable(invoice)
  const [draft, setDraft] = useState<RefundDraft>(() => ({
    id: `refund-${crypto.randomUUID()}`,
    amount: minorToDecimal(left, invoice.currency),
    reason: 'requested_by_customer',
  }))
  const [tried, setTried] = useState(false)
  const reading = readRefund(draft, invoice)
  const refund = useAction(async () => {
    if (!reading.ok) return
    await refundInvoice(invoice.id, reading.body)
    toast({ text: t('operate.refund-done') })
    onDone()
  })
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={t('operate.refund-named', { name: invoice.number ?? invoice.id })}
      description={t('operate.refund-text')}
    >
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          void refund.run()
        }}
      >
        <Field
          label={t('operate.refund-amount', { currency: invoice.currency.toUpperCase() })}
          hint={t('operate.refund-most', { amount: formatMinor(locale, left, invoice.currency) })}
          error={tried && !reading.ok ? t(faultSentence(reading.fault)) : null}
          value={draft.amount}
          onInput={(amount) => setDraft({ ...draft, amount })}
          inputMode="decimal"
          autocomplete="off"
          latin
        />
        <Select
          label={t('operate.reason')}
          value={draft.reason}
          onChange={(reason) => setDraft({ ...draft, reason })}
          options={reasons.map((value) => ({ value, label: t(`operate.reason-${kebab(value)}`) }))}
        />
        {refund.problem && <ProblemNote problem={refund.problem} />}
        <div class="dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="danger" busy={refund.running}>
            {reading.ok && reading.body.amount_minor
              ? t('operate.refund-submit', { amount: formatMinor(locale, reading.body.amount_minor, invoice.currency) })
              : t('operate.refund')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
