import { formatMoney } from '../../../i18n/format-number.ts'
import { localized } from '../../../i18n/paths.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'

export interface CreditCardProps {
  code: string
  facts?: Record<string, string | number | boolean | null>
  onChooseModel: () => void
  onRetry?: () => void
}

export const isAboutMoney = (code: string): boolean => code === 'insufficient_credits' || code === 'budget_exceeded'

const amountIn = (facts: CreditCardProps['facts'], ...names: string[]): number | null => {
  const value = names.map((name) => facts?.[name]).find((fact) => typeof fact === 'number')
  return typeof value === 'number' ? value : null
}

/** Nothing was lost and nothing was charged: how to go on. */
export function CreditCard({ code, facts, onChooseModel, onRetry }: CreditCardProps) {
  const t = useTranslate()
  const locale = useLocale()
  const budget = code === 'budget_exceeded'
  const [needed, available] = [
    amountIn(facts, 'needed_micros', 'needed'),
    amountIn(facts, 'available_micros', 'available'),
  ]
  return (
    <section class="chat-credit" role="alert">
      <p class="chat-credit-title">
        <Icon name="alert" size={18} />
        {t(budget ? 'chat.budget-title' : 'chat.credit-title')}
      </p>
      <p>{t(budget ? 'chat.budget-text' : 'chat.credit-text')}</p>
      {!budget && needed !== null && available !== null && (
        <p class="numeric chat-credit-sum">
          {t('chat.credit-needed', { needed: formatMoney(locale, needed), available: formatMoney(locale, available) })}
        </p>
      )}
      <div class="chat-credit-ways">
        <LinkButton href={localized(locale, '/usage')} size="sm" icon="usage">
          {t('chat.credit-usage')}
        </LinkButton>
        <Button size="sm" icon="prices" onClick={onChooseModel}>
          {t('chat.credit-cheaper')}
        </Button>
        {onRetry && (
          <Button size="sm" icon="refresh" onClick={onRetry}>
            {t('chat.try-again')}
          </Button>
        )}
      </div>
    </section>
  )
}
