import { useState } from 'preact/hooks'
import type { Invoice } from '#shared/contracts/billing'
import type { OrganizationBilling } from '#shared/contracts/billing-administration'
import { useResource } from '../../api/use-resource.ts'
import { formatMinor } from '../../i18n/format-currency.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { localText } from '../billing/local-text.ts'
import { ContractDialog } from './contract-dialog.tsx'
import { Facts } from './facts.tsx'
import { InvoiceTable } from './invoice-table.tsx'
import { getOrganizationBilling } from './operate-calls.ts'
import { RefundDialog } from './refund-dialog.tsx'
import { kebab } from './kebab.ts'

export function OrganizationMoney({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslate()
  const { data, problem, reload } = useResource(`operate-organization-${id}`, (signal) =>
    getOrganizationBilling(id, signal),
  )
  const [refunded, setRefunded] = useState<Invoice | null>(null)
  const [contract, setContract] = useState(false)
  return (
    <div class="stack">
      <div>
        <Button variant="ghost" size="sm" icon="chevron-backward" onClick={onClose}>
          {t('operate.all-accounts')}
        </Button>
      </div>
      {!data && (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={8} />)}
      {data && (
        <>
          <Standing billing={data} onContract={() => setContract(true)} />
          <section class="card stack" aria-labelledby="operate-invoices">
            <h2 id="operate-invoices">{t('operate.invoices')}</h2>
            <InvoiceTable invoices={data.invoices} onRefund={setRefunded} />
          </section>
          <Disputes disputes={data.disputes} />
        </>
      )}
      {refunded && (
        <RefundDialog
          invoice={refunded}
          onClose={() => setRefunded(null)}
          onDone={() => {
            setRefunded(null)
            reload()
          }}
        />
      )}
      {contract && (
        <ContractDialog
          organizationId={id}
          name={data?.name ?? ''}
          onClose={() => setContract(false)}
          onDone={() => {
            setContract(false)
            reload()
          }}
        />
      )}
    </div>
  )
}

function Standing({ billing, onContract }: { billing: OrganizationBilling; onContract: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const { plan, subscription, credit } = billing
  const date = (at: number) => formatTime(locale, at, 'date')
  return (
    <section class="card stack" aria-labelledby="operate-standing">
      <div class="spread">
        <h2 id="operate-standing">
          <bdi>{billing.name}</bdi>
        </h2>
        {!subscription && (
          <Button icon="plus" onClick={onContract}>
            {t('operate.start-contract')}
          </Button>
        )}
      </div>
      {billing.read_only && <Note tone="danger">{t('operate.read-only')}</Note>}
      {credit && credit.owed_micros > 0 && (
        <Note tone="warning">{t('operate.owed', { amount: formatMoney(locale, credit.owed_micros) })}</Note>
      )}
      <Facts
        facts={[
          [
            t('operate.plan'),
            <span class="cluster" key="plan">
              {localText(plan.name, locale)}
              {plan.version !== plan.current_version && (
                <Badge>{t('operate.version-number', { version: plan.version })}</Badge>
              )}
            </span>,
          ],
          subscription && [
            t('operate.subscription'),
            <span class="cluster" key="subscription">
              {t(`operate.status-${kebab(statusKey(subscription.status))}`)}
              <bdi class="money">
                {formatMinor(locale, subscription.amount_minor, subscription.currency)}{' '}
                {t(`operate.per-${subscription.interval}`)}
              </bdi>
            </span>,
          ],
          subscription && [t('operate.seats'), String(subscription.seats)],
          subscription && [
            t('operate.period'),
            `${date(subscription.current_period_start)} – ${date(subscription.current_period_end)}`,
          ],
          subscription?.cancels_at ? [t('operate.cancels'), date(subscription.cancels_at)] : null,
          subscription?.past_due_since ? [t('operate.past-due-since'), date(subscription.past_due_since)] : null,
          [
            t('operate.available-credit'),
            credit ? (
              <bdi class="money">{formatMoney(locale, credit.available_micros)}</bdi>
            ) : (
              t('admin.balance-unavailable')
            ),
          ],
          billing.stripe_customer_id
            ? [
                t('operate.stripe-customer'),
                <code dir="ltr" key="customer">
                  {billing.stripe_customer_id}
                </code>,
              ]
            : null,
        ]}
      />
    </section>
  )
}

const statuses = ['trialing', 'active', 'past_due', 'unpaid', 'paused'] as const
const statusKey = (status: string) => statuses.find((each) => each === status) ?? 'other'

function Disputes({ disputes }: Pick<OrganizationBilling, 'disputes'>) {
  const t = useTranslate()
  const locale = useLocale()
  if (disputes.length === 0) return null
  return (
    <section class="card stack" aria-labelledby="operate-disputes">
      <h2 id="operate-disputes">{t('operate.disputes')}</h2>
      <ul class="operate-list" role="list">
        {disputes.map((dispute) => (
          <li key={dispute.id} class="spread">
            <span class="operate-name">
              <code dir="ltr">{dispute.id}</code>
              <span class="operate-quiet" dir="ltr">
                {dispute.status} · {dispute.reason}
              </span>
            </span>
            <span>
              <bdi class="money">{formatMinor(locale, dispute.amount_minor, dispute.currency)}</bdi>{' '}
              <span class="operate-quiet">{formatTime(locale, dispute.created_at, 'date')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
