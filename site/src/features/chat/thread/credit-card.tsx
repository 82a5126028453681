import { useEffect } from 'preact/hooks'
import { account, may } from '../../../api/account.ts'
import { getBalance } from '../../../api/balance.ts'
import { billingStatus, loadBillingStatus } from '../../../api/billing-status.ts'
import { useResource } from '../../../api/use-resource.ts'
import { formatMoney } from '../../../i18n/format-number.ts'
import type { Key } from '../../../i18n/locales.ts'
import { localized } from '../../../i18n/paths.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { continuedPath } from '../continue-after-payment.ts'
import type { Waiting } from '../continue-after-payment.ts'

export { isAboutMoney } from './money-codes.ts'

export interface CreditCardProps {
  code: string
  facts?: Record<string, string | number | boolean | null>
  /** What goes on by itself once it was paid for. */
  waiting?: Waiting
  onChooseModel: () => void
  onRetry?: () => void
}

const words: Record<string, { title: Key; text: Key }> = {
  budget_exceeded: { title: 'chat.budget-title', text: 'chat.budget-text' },
  payment_overdue: { title: 'chat.overdue-title', text: 'chat.overdue-text' },
}
const creditWords = { title: 'chat.credit-title', text: 'chat.credit-text' } as const satisfies {
  title: Key
  text: Key
}

const amountIn = (facts: CreditCardProps['facts'], ...names: string[]): number | null => {
  const value = names.map((name) => facts?.[name]).find((fact) => typeof fact === 'number')
  return typeof value === 'number' ? value : null
}

/** Nothing was lost and nothing was charged: how to go on. Who pays is led to it, and back; others are told whom to ask. */
export function CreditCard({ code, facts, waiting = 'answer', onChooseModel, onRetry }: CreditCardProps) {
  const t = useTranslate()
  const locale = useLocale()
  useEffect(() => void loadBillingStatus(), [])
  const needed = amountIn(facts, 'needed_micros', 'needed')
  const available = amountIn(facts, 'available_micros', 'available')
  const ready = useCreditThere(code === 'insufficient_credits' ? needed : null)
  const { title, text } = words[code] ?? creditWords
  const seesMoney = account.value === null || may('billing.read') || may('usage.read-organization')
  return (
    <section class="chat-credit" role="alert">
      <p class="chat-credit-title">
        <Icon name="alert" size={18} />
        {t(title)}
      </p>
      <p>{t(ready ? 'chat.credit-ready' : text)}</p>
      {code === 'insufficient_credits' && !ready && seesMoney && needed !== null && available !== null && (
        <p class="numeric chat-credit-sum">
          {t('chat.credit-needed', { needed: formatMoney(locale, needed), available: formatMoney(locale, available) })}
        </p>
      )}
      {!ready && <WhoPays code={code} />}
      <div class="chat-credit-ways">
        {!ready && <PayWays code={code} waiting={waiting} />}
        <LinkButton href={localized(locale, '/usage')} size="sm" icon="usage">
          {t('chat.credit-usage')}
        </LinkButton>
        {code !== 'payment_overdue' && (
          <Button size="sm" icon="prices" onClick={onChooseModel}>
            {t('chat.credit-cheaper')}
          </Button>
        )}
        {onRetry && (
          <Button size="sm" icon="refresh" onClick={onRetry}>
            {t(ready ? 'chat.credit-continue' : 'chat.try-again')}
          </Button>
        )}
      </div>
    </section>
  )
}

const sells = () => billingStatus.value?.mode === 'stripe'

function WhoPays({ code }: { code: string }) {
  const t = useTranslate()
  const known = billingStatus.value
  if (code === 'budget_exceeded' || !known || !sells() || known.can_manage) return null
  return <p>{t('chat.credit-ask')}</p>
}

function PayWays({ code, waiting }: { code: string; waiting: Waiting }) {
  const t = useTranslate()
  const locale = useLocale()
  if (code === 'budget_exceeded' || !sells() || !billingStatus.value?.can_manage) return null
  const here = typeof window === 'undefined' ? '' : continuedPath(window.location.pathname, waiting)
  const billing = localized(locale, `/billing?back=${encodeURIComponent(here)}`)
  if (code === 'payment_overdue')
    return (
      <LinkButton href={billing} size="sm" icon="billing">
        {t('chat.overdue-pay')}
      </LinkButton>
    )
  return (
    <>
      <LinkButton href={`${billing}#top-up`} size="sm" icon="billing">
        {t('chat.credit-top-up')}
      </LinkButton>
      <LinkButton href={localized(locale, '/pricing')} size="sm" icon="arrow-up">
        {t('chat.credit-upgrade')}
      </LinkButton>
    </>
  )
}

/** Whether the credit that was wanting has come meanwhile, such as in another tab or from somebody else. */
function useCreditThere(needed: number | null): boolean {
  const { data, reload } = useResource(needed === null ? null : 'credit-card-balance', getBalance)
  useEffect(() => {
    window.addEventListener('focus', reload)
    return () => window.removeEventListener('focus', reload)
  }, [reload])
  return needed !== null && data !== null && data.available_micros >= needed
}
