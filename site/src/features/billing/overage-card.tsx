import { useEffect, useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import { toast } from '../../ui/toasts.ts'
import { saveOverage } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { useFaultFocus } from './use-fault-focus.ts'

/** Using more than was paid for, billed afterwards, up to a cap that the organization sets itself. */
export function OverageCard({ overview, mayManage, onChanged }: BillingParts) {
  const t = useTranslate()
  const locale = useLocale()
  const state = overview.overage
  const [enabled, setEnabled] = useState(state.enabled)
  const [cap, setCap] = useState(typedAmount(state.cap_micros))
  const [faults, setFaults] = useState<{ cap?: AmountFault }>({})
  const fault = faults.cap ?? null
  useEffect(() => {
    setEnabled(state.enabled)
    setCap(typedAmount(state.cap_micros))
  }, [JSON.stringify(state)])
  const form = useFaultFocus(faults)
  const save = useAction(async () => {
    const reading = readAmount(cap, { most: state.plan_cap_micros })
    setFaults(reading.ok ? {} : { cap: reading.fault })
    if (!reading.ok) return
    await saveOverage({ enabled, cap_micros: reading.micros })
    onChanged()
    toast({ text: t('ui.saved') })
  })
  const used = t('billing.overage-used', {
    used: formatMoney(locale, state.used_micros),
    cap: formatMoney(locale, state.cap_micros),
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <section class="card billing-card" aria-labelledby="billing-overage">
      <h2 id="billing-overage">
        {t('billing.overage')}{' '}
        <Badge tone={state.enabled ? 'success' : 'neutral'}>{t(state.enabled ? 'billing.on' : 'billing.off')}</Badge>
      </h2>
      <p class="muted">{t(state.allowed ? 'billing.overage-text' : 'billing.overage-not-allowed')}</p>
      {state.enabled && (
        <p class="billing-used">
          <span>{used}</span>
          <Meter value={state.used_micros} limit={state.cap_micros} label={used} />
        </p>
      )}
      {state.allowed && (
        <form class="stack" ref={form} onSubmit={submit} noValidate>
          <Checkbox label={t('billing.overage-enable')} checked={enabled} disabled={!mayManage} onChange={setEnabled} />
          <Field
            label={t('billing.overage-cap')}
            hint={t('billing.overage-cap-hint', { cap: formatMoney(locale, state.plan_cap_micros) })}
            value={cap}
            onInput={setCap}
            error={
              fault === 'amount-too-large'
                ? t('billing.overage-above', { cap: formatMoney(locale, state.plan_cap_micros) })
                : fault && t(amountSentence(fault))
            }
            inputMode="decimal"
            disabled={!mayManage}
            latin
          />
          {save.problem && <ProblemNote problem={save.problem} />}
          {mayManage && (
            <p>
              <Button type="submit" busy={save.running}>
                {t('ui.save')}
              </Button>
            </p>
          )}
        </form>
      )}
    </section>
  )
}
