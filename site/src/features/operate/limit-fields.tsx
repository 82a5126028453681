import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import type { PlanPartProps } from './plan-editor.tsx'

const limits = [
  { name: 'requestsPerMinute', label: 'operate.limit-requests' },
  { name: 'tokensPerMinute', label: 'operate.limit-tokens' },
  { name: 'parallelRequests', label: 'operate.limit-parallel' },
] as const
const count = { inputMode: 'numeric', autocomplete: 'off', latin: true } as const

export function LimitFields({ draft, change, errorOf }: PlanPartProps) {
  const t = useTranslate()
  return (
    <fieldset class="operate-fieldset">
      <legend>{t('operate.limits')}</legend>
      <p class="field-hint">{t('operate.limits-hint')}</p>
      <div class="operate-pair">
        <Field
          label={t(draft.kind === 'per_seat' ? 'operate.seats-minimum-sold' : 'operate.seats-minimum')}
          value={draft.seatsMinimum}
          onInput={(seatsMinimum) => change({ seatsMinimum })}
          error={errorOf('seatsMinimum')}
          {...count}
        />
        <Field
          label={t(draft.kind === 'per_seat' ? 'operate.seats-maximum-sold' : 'operate.seats-maximum')}
          value={draft.seatsMaximum}
          onInput={(seatsMaximum) => change({ seatsMaximum })}
          error={errorOf('seatsMaximum')}
          optional
          {...count}
        />
        {limits.map(({ name, label }) => (
          <Field
            key={name}
            label={t(label)}
            value={draft[name]}
            onInput={(value) => change({ [name]: value })}
            error={errorOf(name)}
            optional
            {...count}
          />
        ))}
        <Field
          label={t('operate.storage')}
          value={draft.storage}
          onInput={(storage) => change({ storage })}
          error={errorOf('storage')}
          optional
          inputMode="decimal"
          autocomplete="off"
          latin
        />
      </div>
      <Checkbox
        label={t('operate.all-models')}
        checked={draft.allModels}
        onChange={(allModels) => change({ allModels })}
      />
      {!draft.allModels && (
        <TextArea
          label={t('operate.models')}
          hint={t('operate.models-hint')}
          value={draft.models}
          onInput={(models) => change({ models })}
          error={errorOf('models')}
          rows={4}
        />
      )}
    </fieldset>
  )
}
