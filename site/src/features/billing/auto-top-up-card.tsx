import { useEffect, useState } from 'preact/hooks'
import type { AutoTopUpState } from '#shared/contracts/billing'
import { useAction } from '../../api/use-action.ts'
import { currencyName, formatMinor } from '../../i18n/format-currency.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import type { Key } from '../../i18n/locales.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toasts.ts'
import { autoTopUpDraftOf, readAutoTopUpDraft } from './auto-top-up-draft.ts'
import type { AutoTopUpDraft, AutoTopUpFault, AutoTopUpFaults } from './auto-top-up-draft.ts'
import { saveAutoTopUp } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { localText } from './local-text.ts'
import { useFaultFocus } from './use-fault-focus.ts'

const failures: Record<NonNullable<AutoTopUpState['failure']>['reason'], Key> = {
  declined: 'billing.top-up-declined',
  needs_action: 'billing.top-up-needs-action',
  no_payment_method: 'billing.top-up-no-method',
  maximum_reached: 'billing.top-up-maximum',
}

const faultKey = (fault: AutoTopUpFault): Key => {
  if (fault === 'amount-fraction') return 'billing.fault-fraction'
  if (fault === 'pack-missing') return 'billing.fault-pack-missing'
  return fault === 'below-pack' ? 'billing.fault-below-pack' : amountSentence(fault)
}

/** Buys a pack by itself before the credit ends, never for more than a month's maximum. */
export function AutoTopUpCard({ overview, offer, mayManage, onChanged }: BillingParts) {
  const t = useTranslate()
  const locale = useLocale()
  const state = overview.auto_top_up
  const packs = offer.credit_packs.filter(({ available }) => available)
  const [draft, setDraft] = useState(() => autoTopUpDraftOf(state, packs))
  const [faults, setFaults] = useState<AutoTopUpFaults>({})
  useEffect(() => setDraft(autoTopUpDraftOf(state, packs)), [JSON.stringify(state)])
  const change = (part: Partial<AutoTopUpDraft>) => setDraft((now) => ({ ...now, ...part }))
  const form = useFaultFocus(faults)
  const save = useAction(async () => {
    const reading = readAutoTopUpDraft(draft, packs)
    setFaults(reading.ok ? {} : reading.faults)
    if (!reading.ok) return
    await saveAutoTopUp(reading.body)
    onChanged()
    toast({ text: t('ui.saved') })
  })
  const errorOf = (name: keyof AutoTopUpFaults) => (faults[name] ? t(faultKey(faults[name])) : null)
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <section class="card billing-card" aria-labelledby="billing-top-up">
      <h2 id="billing-top-up">
        {t('billing.top-up')}{' '}
        <Badge tone={state.enabled ? 'success' : 'neutral'}>{t(state.enabled ? 'billing.on' : 'billing.off')}</Badge>
      </h2>
      <p class="muted">{t('billing.top-up-text')}</p>
      {state.failure && (
        <Note tone="danger">
          {t(failures[state.failure.reason], { when: formatTime(locale, state.failure.at) })}{' '}
          {t('billing.top-up-paused')}
        </Note>
      )}
      <form class="stack" ref={form} onSubmit={submit} noValidate>
        <Checkbox
          label={t('billing.top-up-enable')}
          checked={draft.enabled}
          disabled={!mayManage}
          onChange={(enabled) => change({ enabled })}
        />
        <div class="billing-pair">
          <Field
            label={t('billing.threshold')}
            hint={t('billing.threshold-hint')}
            value={draft.threshold}
            onInput={(threshold) => change({ threshold })}
            error={errorOf('threshold')}
            inputMode="decimal"
            disabled={!mayManage}
            latin
          />
          <Select
            label={t('billing.pack')}
            hint={t('billing.pack-hint')}
            value={draft.packId}
            onChange={(packId) => change({ packId })}
            error={errorOf('packId')}
            disabled={!mayManage}
            options={packs.map(({ id, body }) => ({
              value: id,
              label: `${localText(body.name, locale)} (${formatMoney(locale, body.credit_micros)})`,
            }))}
          />
          <Select
            label={t('billing.currency')}
            hint={t('billing.currency-hint')}
            value={draft.currency}
            onChange={(currency) => change({ currency })}
            disabled={!mayManage}
            options={[...new Set([draft.currency, ...offer.currencies])].map((value) => ({
              value,
              label: currencyName(locale, value),
            }))}
          />
          <Field
            label={t('billing.maximum')}
            hint={t('billing.maximum-hint', {
              spent: formatMinor(locale, state.spent_this_month_minor, state.currency),
            })}
            value={draft.maximum}
            onInput={(maximum) => change({ maximum })}
            error={errorOf('maximum')}
            inputMode="decimal"
            disabled={!mayManage}
            latin
          />
        </div>
        {save.problem && <ProblemNote problem={save.problem} />}
        {mayManage && (
          <p>
            <Button type="submit" busy={save.running}>
              {t('ui.save')}
            </Button>
          </p>
        )}
      </form>
    </section>
  )
}
