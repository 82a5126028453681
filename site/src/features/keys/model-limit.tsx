import { useId } from 'preact/hooks'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ModelPicker } from '../../ui/model-picker.tsx'
import { Segmented } from '../../ui/segmented.tsx'

interface ModelLimitProps {
  limited: boolean
  onLimited: (limited: boolean) => void
  chosen: string[]
  onChange: (chosen: string[]) => void
  fault: string | undefined
}

/** Which models a key may call: all, or only those that are ticked. */
export function ModelLimit({ limited, onLimited, chosen, onChange, fault }: ModelLimitProps) {
  const t = useTranslate()
  const id = useId()
  return (
    <div class="keys-fieldset" role="group" aria-labelledby={id} aria-describedby={fault ? `${id}-fault` : undefined}>
      <div class="spread">
        <span class="field-label" id={id}>
          {t('keys.models')}
        </span>
        <Segmented
          label={t('keys.models')}
          value={limited ? 'some' : 'all'}
          onChange={(value) => onLimited(value === 'some')}
          options={[
            { value: 'all', label: t('keys.models-all') },
            { value: 'some', label: t('keys.models-some') },
          ]}
        />
      </div>
      {limited && <ModelPicker chosen={chosen} onChange={onChange} />}
      {fault && (
        <p class="field-error keys-fault" id={`${id}-fault`} tabIndex={-1}>
          {fault}
        </p>
      )}
    </div>
  )
}
