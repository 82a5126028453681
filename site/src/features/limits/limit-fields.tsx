import type { BudgetPeriod } from '#shared/contracts/ledger'
import type { Key } from '../../i18n/locales.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import type { AmountFault } from '../../ui/read-amount.ts'
import { Select } from '../../ui/select.tsx'
import type { LimitDraft, LimitFault, LimitFaults } from './limit-form.ts'

const periods: readonly BudgetPeriod[] = ['day', 'week', 'month', 'forever']

const isAmountFault = (fault: LimitFault): fault is AmountFault => fault.startsWith('amount-')
const sentenceOf = (fault: LimitFault): Key => (isAmountFault(fault) ? amountSentence(fault) : `limits.fault-${fault}`)

interface LimitFieldsProps {
  draft: LimitDraft
  onChange: (part: Partial<LimitDraft>) => void
  faults: LimitFaults
}

export function LimitFields({ draft, onChange, faults }: LimitFieldsProps) {
  const t = useTranslate()
  const errorOf = (name: keyof LimitDraft) => (faults[name] ? t(sentenceOf(faults[name])) : null)
  const noBudget = draft.budget.trim() === ''
  const counts = ['requests', 'tokens', 'parallel'] as const
  return (
    <>
      <div class="limits-pair">
        <Field
          label={t('limits.budget')}
          hint={t('limits.budget-hint')}
          error={errorOf('budget')}
          value={draft.budget}
          onInput={(budget) => onChange({ budget })}
          inputMode="decimal"
          autocomplete="off"
          latin
        />
        <Select<BudgetPeriod>
          label={t('limits.period')}
          value={draft.period}
          onChange={(period) => onChange({ period })}
          options={periods.map((value) => ({ value, label: t(`limits.period-${value}`) }))}
          disabled={noBudget}
        />
      </div>
      {!noBudget && (
        <Field
          label={t('limits.alerts')}
          hint={t('limits.alerts-hint')}
          error={errorOf('alerts')}
          value={draft.alerts}
          onInput={(alerts) => onChange({ alerts })}
          autocomplete="off"
          latin
          optional
        />
      )}
      <p class="muted small">{t('limits.rates-hint')}</p>
      <div class="limits-thirds">
        {counts.map((name) => (
          <Field
            key={name}
            label={t(`limits.${name}`)}
            error={errorOf(name)}
            value={draft[name]}
            onInput={(typed) => onChange({ [name]: typed })}
            inputMode="numeric"
            autocomplete="off"
            latin
          />
        ))}
      </div>
    </>
  )
}
