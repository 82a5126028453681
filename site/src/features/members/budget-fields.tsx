import type { BudgetPeriod } from '#shared/contracts/ledger'
import { amountSentence } from '../../ui/amount-sentence.ts'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import type { AmountFault } from '../../ui/read-amount.ts'
import { budgetPeriods } from './budget-form.ts'
import type { BudgetDraft } from './budget-form.ts'

interface BudgetFieldsProps {
  label?: string
  draft: BudgetDraft
  onChange: (draft: BudgetDraft) => void
  fault: AmountFault | null
  disabled?: boolean
}

export function BudgetFields({ label, draft, onChange, fault, disabled }: BudgetFieldsProps) {
  const t = useTranslate()
  return (
    <div class="members-pair">
      <Field
        label={label ?? t('members.amount')}
        hint={t('members.amount-hint')}
        error={fault && t(amountSentence(fault))}
        value={draft.amount}
        onInput={(amount) => onChange({ ...draft, amount })}
        inputMode="decimal"
        autocomplete="off"
        latin
        disabled={disabled}
      />
      <Select<BudgetPeriod>
        label={t('members.period')}
        value={draft.period}
        onChange={(period) => onChange({ ...draft, period })}
        options={budgetPeriods.map((value) => ({ value, label: t(`members.period-${value}`) }))}
        disabled={disabled || draft.amount.trim() === ''}
      />
    </div>
  )
}
