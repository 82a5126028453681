import type { BillingOverview } from '#shared/contracts/billing'
import { LinkButton } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'

/** What stands between the organization and its plan, and the one button that helps. */
export function OverdueNote({ overview }: { overview: BillingOverview }) {
  const t = useTranslate()
  const { subscription, credit } = overview
  const overdue = subscription !== null && (subscription.past_due_since !== null || subscription.status === 'unpaid')
  return (
    <>
      {overdue && (
        <Note tone="danger" role="alert">
          <div class="billing-overdue">
            <p>{t('billing.overdue')}</p>
            {subscription.pay_url && (
              <LinkButton href={subscription.pay_url} variant="danger" size="sm" icon="billing">
                {t('billing.pay-overdue')}
              </LinkButton>
            )}
          </div>
        </Note>
      )}
      {credit.owed_micros > 0 && <Note tone="warning">{t('billing.owed-text')}</Note>}
    </>
  )
}
