import { useAction } from '../../api/use-action.ts'
import type { PaymentMethod } from '#shared/contracts/billing'
import { Button } from '../../ui/button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { portalReturnPath } from './billing-address.ts'
import { openPortal } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { leaveFor } from './leave-for.ts'

/** "Visa •••• 4242 · 12/2030": the parts of it are Latin in every language. */
export function MethodName({ method }: { method: PaymentMethod }) {
  const brand = method.brand ?? method.type
  const name = `${brand.charAt(0).toUpperCase()}${brand.slice(1).replaceAll('_', ' ')}`
  const expiry =
    method.exp_month && method.exp_year ? `${String(method.exp_month).padStart(2, '0')}/${method.exp_year}` : null
  return (
    <bdi dir="ltr">
      {name}
      {method.last4 && ` •••• ${method.last4}`}
      {expiry && ` · ${expiry}`}
    </bdi>
  )
}

export function PaymentCard({ overview, mayManage }: BillingParts) {
  const t = useTranslate()
  const locale = useLocale()
  const portal = useAction(async (flow: 'home' | 'payment_method_update') =>
    leaveFor(await openPortal({ flow, locale: locale === 'ar' ? 'ar' : 'en', return_path: portalReturnPath(locale) })),
  )
  const method = overview.payment_method
  return (
    <section class="card billing-card" aria-labelledby="billing-method">
      <h2 id="billing-method">{t('billing.method')}</h2>
      {method ? (
        <p>
          <MethodName method={method} />
        </p>
      ) : (
        <p class="muted">{t('billing.no-method')}</p>
      )}
      {mayManage && (
        <div class="cluster">
          <Button icon="billing" busy={portal.running} onClick={() => void portal.run('payment_method_update')}>
            {t(method ? 'billing.update-card' : 'billing.add-card')}
          </Button>
          <Button variant="ghost" busy={portal.running} onClick={() => void portal.run('home')}>
            {t('billing.open-portal')}
          </Button>
        </div>
      )}
      <p class="muted small">{t('billing.method-text')}</p>
      {portal.problem && <ProblemNote problem={portal.problem} />}
    </section>
  )
}
