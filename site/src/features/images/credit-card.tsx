import { useEffect } from 'preact/hooks'
import { account, may } from '../../api/account.ts'
import { billingStatus, loadBillingStatus } from '../../api/billing-status.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import type { Key } from '../../i18n/locales.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'

const codes: Record<string, { title: Key; text: Key }> = {
  insufficient_credits: { title: 'images.credit-title', text: 'images.credit-text' },
  budget_exceeded: { title: 'chat.budget-title', text: 'images.budget-text' },
  payment_overdue: { title: 'chat.overdue-title', text: 'images.overdue-text' },
}

/** Refusals that more money, or a cheaper model, would lift. */
export const isAboutMoney = (code: string): boolean => code in codes

export interface CreditCardProps {
  code: string
  neededMicros?: number | null
  availableMicros?: number | null
  onChooseModel: () => void
}

/** Nothing was made and nothing was charged: how to go on. Who pays is led to it, and back; others are told whom to ask. */
export function CreditCard({ code, neededMicros, availableMicros, onChooseModel }: CreditCardProps) {
  const t = useTranslate()
  const locale = useLocale()
  useEffect(() => void loadBillingStatus(), [])
  const { title, text } = codes[code] ?? codes.insufficient_credits!
  const billing = billingStatus.value
  const sells = billing?.mode === 'stripe'
  const back = encodeURIComponent(localized(locale, '/images'))
  const seesMoney = account.value === null || may('billing.read') || may('usage.read-organization')
  const isCredit = code === 'insufficient_credits'
  return (
    <section class="images-credit" role="alert">
      <p class="images-credit-title">
        <Icon name="alert" size={18} />
        {t(title)}
      </p>
      <p>{t(text)}</p>
      {isCredit && seesMoney && typeof neededMicros === 'number' && typeof availableMicros === 'number' && (
        <p class="numeric">
          {t('chat.credit-needed', {
            needed: formatMoney(locale, neededMicros),
            available: formatMoney(locale, availableMicros),
          })}
        </p>
      )}
      {code !== 'budget_exceeded' && sells && !billing.can_manage && <p>{t('chat.credit-ask')}</p>}
      <div class="cluster">
        {code !== 'budget_exceeded' && sells && billing.can_manage && (
          <LinkButton
            href={`${localized(locale, '/billing')}?back=${back}${isCredit ? '#top-up' : ''}`}
            size="sm"
            icon="billing"
          >
            {t(isCredit ? 'chat.credit-top-up' : 'chat.overdue-pay')}
          </LinkButton>
        )}
        <LinkButton href={localized(locale, '/usage')} size="sm" icon="usage">
          {t('chat.credit-usage')}
        </LinkButton>
        {code !== 'payment_overdue' && (
          <Button size="sm" icon="prices" onClick={onChooseModel}>
            {t('images.credit-cheaper')}
          </Button>
        )}
      </div>
    </section>
  )
}
