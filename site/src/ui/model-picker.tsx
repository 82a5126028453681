import { useState } from 'preact/hooks'
import { listModels } from '../api/models.ts'
import { useResource } from '../api/use-resource.ts'
import { Checkbox } from './checkbox.tsx'
import { Field } from './field.tsx'
import { useTranslate } from './locale-context.tsx'
import { modelChoices } from './model-choices.ts'
import { Note } from './note.tsx'
import { Skeleton } from './skeleton.tsx'
import './model-picker.css'

export interface ModelPickerProps {
  /** Full ids. */
  chosen: string[]
  onChange: (chosen: string[]) => void
  /** Names that stand beside the models that there are. */
  more?: readonly { id: string; name: string }[]
  disabled?: boolean
}

/** A filter is worth its room only above this many. */
const MANY = 8

/** Models to tick. */
export function ModelPicker({ chosen, onChange, more = [], disabled }: ModelPickerProps) {
  const t = useTranslate()
  const [filter, setFilter] = useState('')
  const { data, problem } = useResource('models', listModels)
  if (data === null && !problem) return <Skeleton lines={3} />
  const models = [...more, ...(data ?? [])]
  const choices = modelChoices({ models, chosen, filter })
  return (
    <div class="stack">
      {problem && <Note tone="warning">{t('ui.models-unavailable')}</Note>}
      {models.length > MANY && (
        <Field
          label={t('ui.models-filter')}
          type="search"
          value={filter}
          onInput={setFilter}
          autocomplete="off"
          latin
        />
      )}
      <div class="model-picker">
        {choices.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={
              <>
                <bdi>{name}</bdi> {name !== id && <code class="model-picker-id">{id}</code>}
              </>
            }
            checked={chosen.includes(id)}
            disabled={disabled}
            onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
          />
        ))}
        {choices.length === 0 && <p class="muted small">{t('ui.models-none')}</p>}
      </div>
    </div>
  )
}
