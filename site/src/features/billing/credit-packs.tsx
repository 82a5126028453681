import { useEffect, useRef, useState } from 'preact/hooks'
import type { CreditPack } from '#shared/contracts/plans'
import { useAction } from '../../api/use-action.ts'
import { currencyName, formatMinor } from '../../i18n/format-currency.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { Button } from '../../ui/button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { packPrice } from './auto-top-up-draft.ts'
import { returnPath } from './billing-address.ts'
import { buyCredit } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { currencyFor, rememberCurrency, rememberedCurrency } from './currency-choice.ts'
import { fixedCurrencyIn } from './fixed-currency.ts'
import { leaveFor } from './leave-for.ts'
import { localText } from './local-text.ts'
import { runs } from './plan-action.ts'
import { SeatStepper } from './seat-stepper.tsx'
import { readCount } from '../../ui/read-count.ts'

const MOST = 100

/** Credit that is bought once. */
export function CreditPacks({ overview, offer, mayManage, back }: BillingParts & { back: string | null }) {
  const t = useTranslate()
  const locale = useLocale()
  const [currency, setCurrency] = useState(() =>
    runs(overview.subscription) && overview.subscription
      ? overview.subscription.currency
      : (currencyFor({
          offered: offer.currencies,
          remembered: rememberedCurrency(),
          languages: navigator.languages,
        }) ?? 'usd'),
  )
  const [quantity, setQuantity] = useState('1')
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The address names this part before it is there.
    if (window.location.hash === '#top-up') place.current?.scrollIntoView({ block: 'center' })
  }, [])
  const choose = (wanted: string | null) => {
    if (wanted === null) return
    setCurrency(wanted)
    rememberCurrency(wanted)
  }
  const count = readCount(quantity, { most: MOST })
  const buy = useAction(async (pack: CreditPack) => {
    if (typeof count !== 'number') return
    const wanted = {
      currency,
      quantity: count,
      locale: locale === 'ar' ? 'ar' : 'en',
      return_path: returnPath(locale, back),
    } as const
    const redirect = await buyCredit(pack.id, wanted).catch((error: unknown) => {
      choose(fixedCurrencyIn(error))
      throw error
    })
    await leaveFor(redirect)
  })
  const packs = offer.credit_packs.filter((pack) => pack.available && packPrice(pack, currency) !== null)
  if (!offer.credit_packs.some(({ available }) => available)) return null
  const locked = overview.subscription !== null && overview.subscription.past_due_since !== null
  return (
    <div class="stack" id="top-up" ref={place}>
      <div class="billing-packs-head">
        <h3>{t('billing.packs')}</h3>
        {!runs(overview.subscription) && offer.currencies.length > 1 && (
          <Select
            label={t('billing.currency')}
            value={currency}
            onChange={choose}
            options={offer.currencies.map((value) => ({ value, label: currencyName(locale, value) }))}
          />
        )}
        {mayManage && (
          <SeatStepper
            label={t('billing.quantity')}
            value={quantity}
            least={1}
            most={MOST}
            onInput={setQuantity}
            error={count === 'invalid' ? t('billing.quantity-invalid') : null}
          />
        )}
      </div>
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
            <Button
              size="sm"
              variant="primary"
              disabled={!mayManage || locked || typeof count !== 'number'}
              busy={buy.running}
              onClick={() => void buy.run(pack)}
            >
              {t('billing.buy-for', {
                price: formatMinor(
                  locale,
                  (packPrice(pack, currency) ?? 0) * (typeof count === 'number' ? count : 1),
                  currency,
                ),
              })}
            </Button>
          </li>
        ))}
      </ul>
      {locked && <p class="muted small">{t('billing.packs-overdue')}</p>}
      {buy.problem && (
        <ProblemNote
          problem={buy.problem}
          sentence={buy.problem.param === 'currency' ? t('billing.currency-fixed') : undefined}
        />
      )}
    </div>
  )
}
