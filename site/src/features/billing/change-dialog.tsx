import { useMemo, useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { returnPath } from './billing-address.ts'
import type { ChosenPlan } from './billing-address.ts'
import { startCheckout } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { ChangePreviewStep } from './change-preview-step.tsx'
import { ChooseStep } from './choose-step.tsx'
import { currencyFor, rememberCurrency, rememberedCurrency } from './currency-choice.ts'
import { fixedCurrencyIn } from './fixed-currency.ts'
import { leaveFor } from './leave-for.ts'
import { runs } from './plan-action.ts'
import { readChoice, startOf } from './wanted-plan.ts'

interface ChangeDialogProps extends BillingParts {
  chosen: ChosenPlan | null
  back: string | null
  onClose: () => void
}

/** Choose, see what it costs, confirm. Who has no subscription yet goes on to Stripe's page instead. */
export function ChangeDialog({ overview, offer, chosen, back, onClose, onChanged }: ChangeDialogProps) {
  const t = useTranslate()
  const locale = useLocale()
  const subscription = runs(overview.subscription) ? overview.subscription : null
  const [wanted, setWanted] = useState(() => {
    const wish = { offered: offer.currencies, remembered: rememberedCurrency(), languages: navigator.languages }
    return startOf({ overview, offer, chosen, currency: currencyFor(wish) ?? 'usd' })
  })
  const [promotion, setPromotion] = useState('')
  const [looking, setLooking] = useState(false)
  const choice = useMemo(() => readChoice(wanted, { overview, offer }), [wanted, overview, offer])

  const pay = useAction(async () => {
    if (!choice.ok) return
    const code = promotion.trim()
    const redirect = await startCheckout({
      plan_id: choice.plan.id,
      interval: wanted.interval,
      currency: wanted.currency,
      seats: choice.seats,
      locale: locale === 'ar' ? 'ar' : 'en',
      return_path: returnPath(locale, back),
      ...(code && { promotion_code: code }),
    }).catch((error: unknown) => {
      const fixed = fixedCurrencyIn(error)
      if (fixed) setWanted((now) => ({ ...now, currency: fixed }))
      if (fixed) rememberCurrency(fixed)
      throw error
    })
    await leaveFor(redirect)
  })
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={t(looking ? 'billing.preview-title' : subscription ? 'billing.change-title' : 'billing.choose-title')}
    >
      {looking && choice.ok ? (
        <ChangePreviewStep
          wanted={{ plan_id: choice.plan.id, interval: wanted.interval, seats: choice.seats }}
          plan={choice.plan}
          onBack={() => setLooking(false)}
          onClose={onClose}
          onChanged={onChanged}
        />
      ) : (
        <ChooseStep
          overview={overview}
          offer={offer}
          wanted={wanted}
          onWanted={(part) => setWanted((now) => ({ ...now, ...part }))}
          choice={choice}
          promotion={subscription ? null : promotion}
          onPromotion={setPromotion}
          problem={pay.problem}
          busy={pay.running}
          onClose={onClose}
          onNext={() => (subscription ? setLooking(true) : void pay.run())}
        />
      )}
    </Dialog>
  )
}
