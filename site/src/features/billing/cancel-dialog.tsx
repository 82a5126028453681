import { useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { formatTime } from '../../i18n/format-time.ts'
import type { Key } from '../../i18n/locales.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { toast } from '../../ui/toasts.ts'
import { cancelSubscription } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { shownReasons } from './cancel-reasons.ts'
import type { ShownReason } from './cancel-reasons.ts'
import { localText } from './local-text.ts'

interface CancelDialogProps extends BillingParts {
  open: boolean
  onClose: () => void
}

const words: Record<ShownReason, Key> = {
  too_expensive: 'billing.reason-too-expensive',
  unused: 'billing.reason-unused',
  missing_features: 'billing.reason-missing-features',
  low_quality: 'billing.reason-low-quality',
  too_complex: 'billing.reason-too-complex',
  switched_service: 'billing.reason-switched-service',
  customer_service: 'billing.reason-customer-service',
  other: 'billing.reason-other',
}

/** Says what stays until when, asks why, and cancels: nothing stands in the way. */
export function CancelDialog({ overview, open, onClose, onChanged }: CancelDialogProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [reason, setReason] = useState<ShownReason>('too_expensive')
  const [comment, setComment] = useState('')
  const cancel = useAction(async () => {
    const text = comment.trim()
    await cancelSubscription({ reason, ...(text && { comment: text }) })
    onChanged()
    toast({ text: t('billing.cancelled') })
    onClose()
  })
  const { subscription, plan } = overview
  const end = subscription ? (subscription.trial_ends_at ?? subscription.current_period_end) : 0
  const kept = plan.body.carry_over === 'unlimited' ? 'billing.cancel-credit-kept' : 'billing.cancel-credit-gone'
  return (
    <ConfirmDialog
      open={open}
      onClose={() => {
        cancel.clear()
        onClose()
      }}
      onConfirm={() => void cancel.run()}
      title={t('billing.cancel-title', { plan: localText(plan.body.name, locale) })}
      confirmLabel={t('billing.cancel-confirm')}
      cancelLabel={t('billing.cancel-keep')}
      danger
      busy={cancel.running}
      problem={cancel.problem}
    >
      <ul class="billing-kept">
        <li>{t('billing.cancel-until', { when: formatTime(locale, end, 'date') })}</li>
        <li>{t(kept)}</li>
        <li>{t('billing.cancel-bought')}</li>
        <li>{t('billing.cancel-data')}</li>
      </ul>
      <Select<ShownReason>
        label={t('billing.reason')}
        value={reason}
        onChange={setReason}
        options={shownReasons.map((value) => ({ value, label: t(words[value]) }))}
      />
      <TextArea label={t('billing.comment')} value={comment} onInput={setComment} rows={3} maxLength={500} optional />
    </ConfirmDialog>
  )
}
