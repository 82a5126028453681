import { useRef } from 'preact/hooks'
import type { Model } from '../../api/models.ts'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { modelOptions } from '../../ui/model-options.ts'
import { Select } from '../../ui/select.tsx'
import { ConversationFields } from './conversation-fields.tsx'
import { apis } from './draft.ts'
import type { Draft } from './draft.ts'
import { modelFields } from './lacks.ts'
import { ParameterFields } from './parameter-fields.tsx'
import type { Faults } from './to-call.ts'

interface RequestFormProps {
  draft: Draft
  models: readonly Model[]
  model: Model | null
  faults: Faults
  isRunning: boolean
  onChange: (part: Partial<Draft>) => void
  /** Says whether anything was sent. */
  onSend: () => boolean
  onStop: () => void
}

const apiNames = {
  chat: 'Chat completions',
  responses: 'Responses',
  messages: 'Messages',
  embeddings: 'Embeddings',
  moderations: 'Moderations',
} as const satisfies Record<Draft['api'], string>

export function RequestForm(props: RequestFormProps) {
  const t = useTranslate()
  const { draft, model, faults, isRunning, onChange, onSend, onStop } = props
  const form = useRef<HTMLFormElement>(null)
  const send = () => {
    if (isRunning || onSend()) return
    // The faults are drawn first.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      ref={form}
      class="card playground-form"
      noValidate
      aria-label={t('playground.request')}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="playground-pair">
        <Select
          label={t('playground.api')}
          value={draft.api}
          options={apis.map((value) => ({ value, label: apiNames[value] }))}
          onChange={(api) => onChange({ api })}
        />
        <ModelField {...props} />
      </div>
      <ConversationFields draft={draft} faults={faults} onChange={onChange} />
      <div class="cluster">
        <Button type="submit" variant="primary" icon="send" disabled={isRunning}>
          {t('playground.send')}
        </Button>
        <Button icon="stop" disabled={!isRunning} onClick={onStop}>
          {t('playground.stop')}
        </Button>
        <span class="muted small playground-keys">
          <kbd>Ctrl</kbd>/<kbd>⌘</kbd> + <kbd>Enter</kbd>
        </span>
      </div>
      <ParameterFields draft={draft} abilities={model?.abilities ?? null} faults={faults} onChange={onChange} />
    </form>
  )
}

function ModelField({ draft, models, faults, onChange }: RequestFormProps) {
  const t = useTranslate()
  const { field, kind } = modelFields[draft.api]
  const listed = models.filter((model) => model.kind === kind)
  const chosen = draft[field]
  const known = listed.some(({ id }) => id === chosen)
  const gone = known || chosen === '' ? [] : [{ id: chosen, name: chosen }]
  return (
    <Select
      label={t('playground.model')}
      value={chosen}
      error={faults.model ? t(`playground.fault-${faults.model}`) : null}
      options={modelOptions([...gone, ...listed])}
      onChange={(model) => onChange({ [field]: model })}
    />
  )
}
