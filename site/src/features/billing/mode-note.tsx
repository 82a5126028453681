import type { BillingMode } from '#shared/contracts/billing'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'

/** On every page about money: whether anything is sold here, and whether real money moves. */
export function ModeNote({ mode, testPayments }: { mode: BillingMode; testPayments: boolean }) {
  const t = useTranslate()
  if (mode !== 'stripe') return <Note>{t(mode === 'granted' ? 'billing.mode-granted' : 'billing.mode-unlimited')}</Note>
  return testPayments ? <Note tone="warning">{t('billing.test-payments')}</Note> : null
}
