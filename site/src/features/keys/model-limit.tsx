import { useId, useState } from 'preact/hooks'
import { listModels } from '../../api/models.ts'
import { useResource } from '../../api/use-resource.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { modelChoices } from './model-choices.ts'

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
      {limited && <ModelList chosen={chosen} onChange={onChange} />}
      {fault && (
        <p class="field-error keys-fault" id={`${id}-fault`} tabIndex={-1}>
          {fault}
        </p>
      )}
    </div>
  )
}

/** A filter is worth its room only above this many. */
const MANY = 8

function ModelList({ chosen, onChange }: Pick<ModelLimitProps, 'chosen' | 'onChange'>) {
  const t = useTranslate()
  const [filter, setFilter] = useState('')
  const { data, problem } = useResource('models', listModels)
  if (data === null && !problem) return <Skeleton lines={3} />
  const choices = modelChoices({ models: data ?? [], chosen, filter })
  return (
    <div class="stack">
      {problem && <Note tone="warning">{t('keys.models-unavailable')}</Note>}
      {(data?.length ?? 0) > MANY && (
        <Field
          label={t('keys.models-filter')}
          type="search"
          value={filter}
          onInput={setFilter}
          autocomplete="off"
          latin
        />
      )}
      <div class="keys-models">
        {choices.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={
              <>
                <bdi>{name}</bdi> <code class="keys-model-id">{id}</code>
              </>
            }
            checked={chosen.includes(id)}
            onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
          />
        ))}
        {choices.length === 0 && <p class="muted small">{t('keys.models-none')}</p>}
      </div>
    </div>
  )
}
