import type { PlanOffer } from '#shared/contracts/plans'
import { formatMoney } from '../../i18n/format-number.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Amount } from './amount.tsx'
import { packPrice } from './auto-top-up-draft.ts'
import { localText } from './local-text.ts'

/** The credit that can be bought beside a plan, as the page of plans shows it. */
export function PackList({ offer, currency }: { offer: PlanOffer; currency: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const packs = offer.credit_packs.filter((pack) => pack.available && packPrice(pack, currency) !== null)
  if (offer.mode !== 'stripe' || packs.length === 0) return null
  return (
    <section class="stack" aria-labelledby="pricing-packs">
      <h2 id="pricing-packs">{t('pricing.packs-title')}</h2>
      <p class="muted">{t('pricing.packs-text')}</p>
      <ul class="billing-packs" role="list">
        {packs.map((pack) => (
          <li key={pack.id} class="billing-pack">
            <span class="billing-pack-name">{localText(pack.body.name, locale)}</span>
            <span>{t('billing.pack-credit', { amount: formatMoney(locale, pack.body.credit_micros) })}</span>
            <span class="muted small">
              {pack.body.expires_after_days === null
                ? t('billing.pack-never')
                : t('billing.pack-expires', { count: pack.body.expires_after_days })}
            </span>
            <strong>
              <Amount minor={packPrice(pack, currency) ?? 0} currency={currency} whole />
            </strong>
          </li>
        ))}
      </ul>
    </section>
  )
}
