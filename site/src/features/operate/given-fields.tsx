import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import type { PlanPartProps } from './plan-editor.tsx'
import { isSold } from './plan-form.ts'
import { kebab } from './kebab.ts'

const carryOvers = ['none', 'one_period', 'unlimited'] as const
const dollars = { inputMode: 'decimal', autocomplete: 'off', latin: true } as const

/** Included credit, what becomes of it, the trial, and what is allowed beyond it. */
export function GivenFields(part: PlanPartProps) {
  const { draft, change, errorOf } = part
  const t = useTranslate()
  const each = draft.kind === 'per_seat' ? 'operate.dollars-each-seat' : 'operate.dollars'
  return (
    <>
      {draft.kind !== 'free' && (
        <fieldset class="operate-fieldset">
          <legend>{t('operate.included')}</legend>
          <div class="operate-pair">
            <Field
              label={t('operate.included-month')}
              hint={t(each)}
              value={draft.includedMonth}
              onInput={(includedMonth) => change({ includedMonth })}
              error={errorOf('includedMonth')}
              {...dollars}
            />
            <Field
              label={t('operate.included-year')}
              hint={t(each)}
              value={draft.includedYear}
              onInput={(includedYear) => change({ includedYear })}
              error={errorOf('includedYear')}
              {...dollars}
            />
          </div>
          <Select
            label={t('operate.carry-over')}
            value={draft.carryOver}
            onChange={(carryOver) => change({ carryOver })}
            options={carryOvers.map((value) => ({ value, label: t(`operate.carry-${kebab(value)}`) }))}
          />
        </fieldset>
      )}
      {isSold(draft.kind) && <TrialFields {...part} />}
      {draft.kind !== 'free' && (
        <fieldset class="operate-fieldset">
          <legend>{t('operate.overage')}</legend>
          <Select
            label={t('operate.overage-policy')}
            value={draft.overage}
            onChange={(overage) => change({ overage })}
            options={(['stop', 'metered'] as const).map((value) => ({ value, label: t(`operate.overage-${value}`) }))}
          />
          {draft.overage === 'metered' && (
            <Field
              label={t('operate.overage-cap')}
              hint={t(each)}
              value={draft.overageCap}
              onInput={(overageCap) => change({ overageCap })}
              error={errorOf('overageCap')}
              {...dollars}
            />
          )}
        </fieldset>
      )}
    </>
  )
}

function TrialFields({ draft: { trial }, change, errorOf }: PlanPartProps) {
  const t = useTranslate()
  return (
    <fieldset class="operate-fieldset">
      <legend>{t('operate.trial')}</legend>
      <Checkbox
        label={t('operate.trial-offered')}
        checked={trial !== null}
        onChange={(offered) =>
          change({ trial: offered ? { days: '14', credit: '0', needsPaymentMethod: true } : null })
        }
      />
      {trial && (
        <>
          <div class="operate-pair">
            <Field
              label={t('operate.trial-days')}
              value={trial.days}
              onInput={(days) => change({ trial: { ...trial, days } })}
              error={errorOf('trial.days')}
              inputMode="numeric"
              autocomplete="off"
              latin
            />
            <Field
              label={t('operate.trial-credit')}
              hint={t('operate.dollars')}
              value={trial.credit}
              onInput={(credit) => change({ trial: { ...trial, credit } })}
              error={errorOf('trial.credit')}
              {...dollars}
            />
          </div>
          <Checkbox
            label={t('operate.trial-method')}
            checked={trial.needsPaymentMethod}
            onChange={(needsPaymentMethod) => change({ trial: { ...trial, needsPaymentMethod } })}
          />
        </>
      )}
    </fieldset>
  )
}
