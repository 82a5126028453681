import { useEffect, useState } from 'preact/hooks'
import type { BillingOverview } from '#shared/contracts/billing'
import { announceSpent } from '../../api/balance.ts'
import { loadBillingStatus } from '../../api/billing-status.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatMinor } from '../../i18n/format-currency.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { backIn } from './billing-address.ts'
import { finishCheckout, getOverview, listInvoices } from './billing-calls.ts'
import { localText } from './local-text.ts'
import { ModeNote } from './mode-note.tsx'
import { returnedOf, sessionIn } from './return-outcome.ts'
import type { Returned } from './return-outcome.ts'
import { useSlow } from './use-slow.ts'
import './billing.css'

interface Answer {
  returned: Returned
  overview: BillingOverview
}

async function lookAt(search: string): Promise<Answer> {
  const sessionId = sessionIn(search)
  const outcome = sessionId === null ? null : await finishCheckout(sessionId)
  const [overview, invoices] = await Promise.all([getOverview(), listInvoices({ cursor: null, limit: 1 })])
  const newest = invoices.data[0] ?? null
  const unknown: Returned = { kind: search.includes('checkout=canceled') ? 'cancelled' : 'open' }
  return { returned: outcome ? returnedOf(outcome, newest, Date.now()) : unknown, overview }
}

function CheckoutReturn() {
  const t = useTranslate()
  const [search, setSearch] = useState<string | null>(null)
  useEffect(() => setSearch(window.location.search), [])
  const { data, problem, loading, reload } = useResource(search, () => lookAt(search ?? ''))
  const slow = useSlow(loading)
  useEffect(() => {
    if (!data) return
    announceSpent()
    void loadBillingStatus({ again: true })
  }, [data])
  return (
    <div class="stack billing">
      <h1 class="visually-hidden">{t('billing.return-title')}</h1>
      <div class="card billing-return" aria-live="polite">
        {problem && <ErrorState problem={problem} onRetry={reload} />}
        {!data && !problem && (
          <div class="state">
            <Spinner />
            <p class="state-title">{t('billing.return-waiting')}</p>
            {slow && <p class="state-text">{t('billing.slow')}</p>}
          </div>
        )}
        {data && <Told answer={data} back={backIn(search ?? '')} busy={loading} onAgain={reload} />}
      </div>
    </div>
  )
}

/** Nothing was bought: what waited must not be asked again by itself. */
const withoutQuery = (path: string): string => path.split('?')[0] ?? path

interface ToldProps {
  answer: Answer
  back: string | null
  busy: boolean
  onAgain: () => void
}

function Told({ answer: { returned, overview }, back, busy, onAgain }: ToldProps) {
  const t = useTranslate()
  const locale = useLocale()
  const home = (
    <LinkButton href={localized(locale, '/billing')} variant={returned.kind === 'done' ? 'secondary' : 'primary'}>
      {t('billing.return-to-billing')}
    </LinkButton>
  )
  if (returned.kind !== 'done') {
    const waits = returned.kind !== 'cancelled'
    return (
      <EmptyState
        icon={waits ? 'info' : 'billing'}
        title={t(`billing.return-${returned.kind}-title`)}
        text={t(`billing.return-${returned.kind}-text`)}
        action={
          <span class="cluster">
            {waits && (
              <Button icon="refresh" busy={busy} onClick={onAgain}>
                {t('billing.return-again')}
              </Button>
            )}
            {home}
            {back && <LinkButton href={withoutQuery(back)}>{t('billing.return-continue')}</LinkButton>}
          </span>
        }
      />
    )
  }
  const { invoice } = returned
  const available = formatMoney(locale, overview.credit.available_micros)
  return (
    <>
      <EmptyState
        icon="check"
        title={
          returned.purpose === 'subscription'
            ? t('billing.return-subscribed', { plan: localText(overview.plan.body.name, locale) })
            : t('billing.return-bought')
        }
        text={
          <>
            {invoice && invoice.paid_minor > 0 && (
              <>{t('billing.return-paid', { price: formatMinor(locale, invoice.paid_minor, invoice.currency) })} </>
            )}
            {invoice?.credit_micros
              ? t('billing.return-credit', { amount: formatMoney(locale, invoice.credit_micros), available })
              : t('billing.return-available', { available })}
          </>
        }
        action={
          <span class="cluster">
            <LinkButton variant="primary" href={back ?? localized(locale, '/chat')}>
              {t(back ? 'billing.return-continue' : 'billing.return-to-chat')}
            </LinkButton>
            {invoice && (
              <LinkButton href={localized(locale, `/billing/receipt?id=${encodeURIComponent(invoice.id)}`)}>
                {t('billing.receipt')}
              </LinkButton>
            )}
            {home}
          </span>
        }
      />
      <ModeNote mode={overview.mode} testPayments={overview.test_payments} />
    </>
  )
}

export const CheckoutReturnIsland = island(CheckoutReturn)
