// What a plan gives, in short lines: the same on the page of plans and beside the plan that one has.
import type { PlanBody, PlanInterval } from '#shared/contracts/plans'
import { formatMoney, formatNumber } from '../../i18n/format-number.ts'
import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'

const GIGABYTE = 1_000_000_000

export const planFacts = (plan: PlanBody, locale: Locale, interval: PlanInterval): string[] => [
  ...[creditFact(plan, locale, interval)].filter((fact) => fact !== null),
  ...otherFacts(plan, locale, interval),
]

/** The credit that comes with it; null where that is agreed by contract. */
export function creditFact(plan: PlanBody, locale: Locale, interval: PlanInterval): string | null {
  const t = translator(locale)
  const micros = plan.included_credit_micros[interval]
  if (micros === 0) return plan.kind === 'contract' ? null : t('billing.fact-no-credit')
  const each = plan.kind === 'per_seat' ? 'seat' : 'plan'
  return t(`billing.fact-credit-${each}-${interval}`, { amount: formatMoney(locale, micros) })
}

export function otherFacts(plan: PlanBody, locale: Locale, interval: PlanInterval): string[] {
  const t = translator(locale)
  return [carryOver(), ...limits(), models(), storage(), overage()].filter((fact) => fact !== null)

  function carryOver(): string | null {
    if (plan.included_credit_micros[interval] === 0) return null
    return t(
      plan.carry_over === 'none'
        ? 'billing.fact-carry-none'
        : plan.carry_over === 'one_period'
          ? 'billing.fact-carry-one'
          : 'billing.fact-carry-unlimited',
    )
  }

  function limits(): string[] {
    const { seats, requests_per_minute: requests } = plan
    const said: string[] = []
    if (plan.kind === 'per_seat') {
      if (seats.minimum > 1) said.push(t('billing.fact-seats-from', { count: seats.minimum }))
    } else if (seats.maximum === null) said.push(t('billing.fact-members-any'))
    else said.push(t('billing.fact-members', { count: seats.maximum }))
    if (requests !== null) said.push(t('billing.fact-requests', { count: requests }))
    return said
  }

  function models(): string {
    return plan.models === null ? t('billing.fact-models-all') : t('billing.fact-models', { count: plan.models.length })
  }

  function storage(): string | null {
    if (plan.storage_bytes === null || plan.storage_bytes === 0) return null
    const gigabytes = plan.storage_bytes / GIGABYTE
    return t('billing.fact-storage', {
      size: formatNumber(locale, gigabytes, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 }),
    })
  }

  function overage(): string | null {
    return plan.overage.policy === 'metered' ? t('billing.fact-overage') : t('billing.fact-stop')
  }
}
