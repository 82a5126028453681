import type { Key } from '../../i18n/locales.ts'
import { localized } from '../../i18n/paths.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { chosenPlanPath } from './billing-address.ts'
import type { ChosenPlan } from './billing-address.ts'
import type { PlanAction } from './plan-action.ts'

interface PlanButtonProps {
  action: PlanAction
  wanted: ChosenPlan
  labelledBy: string
  /** Where a plan by contract is talked about. */
  contact: string | null
}

const said = {
  current: 'billing.current',
  'ask-owner': 'pricing.ask-owner',
  unavailable: 'pricing.unavailable',
  contact: 'pricing.contact-text',
} as const satisfies Partial<Record<PlanAction, Key>>

const links = {
  'start-free': 'pricing.do-start-free',
  'start-trial': 'pricing.do-start-trial',
  start: 'pricing.do-start',
  trial: 'pricing.do-start-trial',
  subscribe: 'pricing.do-start',
  upgrade: 'pricing.do-upgrade',
  downgrade: 'pricing.do-downgrade',
  'to-year': 'pricing.do-to-year',
  'to-month': 'pricing.do-to-month',
  seats: 'pricing.do-seats',
  cancel: 'pricing.do-cancel',
  'pay-first': 'pricing.pay-first',
} as const satisfies Partial<Record<PlanAction, Key>>

/** Leads on with what was chosen; where there is nothing to press, it says why. */
export function PlanButton({ action, wanted, labelledBy, contact }: PlanButtonProps) {
  const t = useTranslate()
  const locale = useLocale()
  if (action === 'contact' && contact)
    return (
      <a class="button button-secondary" href={contact} aria-describedby={labelledBy}>
        <span>{t('pricing.do-contact')}</span>
      </a>
    )
  if (action in said)
    return (
      <p class="pricing-said">
        {action === 'current' && <Icon name="check" size={18} />}
        {t(said[action as keyof typeof said])}
      </p>
    )
  const strong = action !== 'downgrade' && action !== 'to-month' && action !== 'cancel' && action !== 'start-free'
  return (
    <a
      class={`button ${strong ? 'button-primary' : 'button-secondary'}`}
      href={address()}
      aria-describedby={labelledBy}
    >
      <span>{t(links[action as keyof typeof links])}</span>
    </a>
  )

  function address(): string {
    if (action === 'start-free') return localized(locale, '/sign-up')
    if (action === 'cancel') return localized(locale, '/billing?do=cancel')
    if (action === 'pay-first') return localized(locale, '/billing')
    const choice = chosenPlanPath(locale, wanted)
    const needsAccount = action === 'start' || action === 'start-trial'
    return needsAccount ? localized(locale, `/sign-up?next=${encodeURIComponent(choice)}`) : choice
  }
}
