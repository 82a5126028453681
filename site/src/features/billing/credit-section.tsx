import type { CreditLotView } from '#shared/contracts/billing'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import type { Key } from '../../i18n/locales.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Note } from '../../ui/note.tsx'
import type { BillingParts } from './billing-sections.tsx'
import { CreditPacks } from './credit-packs.tsx'

const sources: Record<CreditLotView['source'], Key> = {
  included: 'billing.source-included',
  promotion: 'billing.source-promotion',
  bought: 'billing.source-bought',
  overage: 'billing.source-overage',
}

export function CreditSection({ back, ...parts }: BillingParts & { back: string | null }) {
  const t = useTranslate()
  const locale = useLocale()
  const { credit, mode } = parts.overview
  return (
    <section class="card billing-card" aria-labelledby="billing-credit">
      <h2 id="billing-credit">{t('billing.credit')}</h2>
      {mode === 'unlimited' ? (
        <p class="muted">{t('billing.credit-unlimited')}</p>
      ) : (
        <p class="muted">{t('billing.credit-text')}</p>
      )}
      <dl class="billing-amounts">
        <div>
          <dt>{t('billing.available')}</dt>
          <dd class="billing-amount">
            <Money micros={credit.available_micros} />
          </dd>
        </div>
        {credit.held_micros > 0 && (
          <div>
            <dt>{t('billing.held')}</dt>
            <dd>
              <Money micros={credit.held_micros} />
            </dd>
          </div>
        )}
        {credit.owed_micros > 0 && (
          <div>
            <dt>{t('billing.owed')}</dt>
            <dd>
              <Money micros={credit.owed_micros} />
            </dd>
          </div>
        )}
      </dl>
      {credit.lots.length === 0 ? (
        <EmptyState compact icon="billing" title={t('billing.no-lots')} />
      ) : (
        <DataTable
          caption={t('billing.lots')}
          rows={credit.lots}
          idOf={({ id }) => id}
          columns={[
            { name: 'source', heading: t('billing.lot-source'), title: true, cell: ({ source }) => t(sources[source]) },
            {
              name: 'remaining',
              heading: t('billing.lot-remaining'),
              numeric: true,
              cell: (lot) =>
                t('billing.lot-of', {
                  remaining: formatMoney(locale, lot.remaining_micros),
                  amount: formatMoney(locale, lot.amount_micros),
                }),
            },
            {
              name: 'granted',
              heading: t('billing.lot-granted'),
              cell: ({ granted_at }) => formatTime(locale, granted_at, 'date'),
            },
            {
              name: 'expires',
              heading: t('billing.lot-expires'),
              cell: ({ expires_at }) =>
                expires_at === null ? t('billing.never') : formatTime(locale, expires_at, 'date'),
            },
          ]}
        />
      )}
      {back && <Note>{t('billing.back-waits')}</Note>}
      {mode === 'stripe' && <CreditPacks {...parts} back={back} />}
    </section>
  )
}
