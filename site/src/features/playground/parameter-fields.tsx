import type { Model } from '../../api/models.ts'
import type { Key } from '../../i18n/locales.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { CodeArea } from './code-area.tsx'
import { cacheChoices } from './draft.ts'
import type { Draft } from './draft.ts'
import { effortsOf, lackOf } from './lacks.ts'
import type { Parameter } from './lacks.ts'
import type { Faults } from './to-call.ts'

interface ParameterFieldsProps {
  draft: Draft
  abilities: Model['abilities'] | null
  faults: Faults
  onChange: (part: Partial<Draft>) => void
}

const exampleSchema = `{"type": "object", "properties": {"city": {"type": "string"}},
 "required": ["city"], "additionalProperties": false}`
const exampleTools = `[{"name": "get_weather", "description": "The weather of a city.",
  "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}]`

/** What every parameter's field has in common: its name, what is wrong with it, and whether it can be used at all. */
function useParameter({ draft, abilities, faults, onChange }: ParameterFieldsProps) {
  const t = useTranslate()
  return (parameter: Exclude<Parameter, 'stream'> & keyof Draft, label: Key) => {
    const lack = lackOf({ parameter, api: draft.api, abilities })
    const fault = faults[parameter]
    return {
      label: lack ? `${t(label)} (${t(`playground.not-in-${lack}`)})` : t(label),
      disabled: lack !== null,
      error: fault ? t(`playground.fault-${fault}`) : null,
      value: draft[parameter] as string,
      onInput: (value: string) => onChange({ [parameter]: value }),
    }
  }
}

export function ParameterFields(props: ParameterFieldsProps) {
  const t = useTranslate()
  const { draft, abilities, faults, onChange } = props
  const field = useParameter(props)
  return (
    <fieldset class="playground-parameters">
      <legend>{t('playground.parameters')}</legend>
      <Checkbox
        label={t('playground.stream')}
        checked={draft.stream}
        disabled={lackOf({ parameter: 'stream', api: draft.api, abilities }) !== null}
        onChange={(stream) => onChange({ stream })}
      />
      <div class="playground-numbers">
        <Field {...field('temperature', 'playground.temperature')} inputMode="decimal" latin />
        <Field {...field('topP', 'playground.top-p')} inputMode="decimal" latin />
        <Field {...field('maxTokens', 'playground.max-tokens')} inputMode="numeric" latin />
        <Field {...field('seed', 'playground.seed')} inputMode="numeric" latin />
        <EffortField {...props} />
        <CacheField {...props} />
      </div>
      <CodeArea {...field('stop', 'playground.stop-words')} hint={t('playground.one-a-line')} rows={2} />
      <CodeArea {...field('schema', 'playground.schema')} placeholder={exampleSchema} />
      <CodeArea
        {...field('tools', 'playground.tools')}
        hint={t('playground.tools-hint')}
        placeholder={exampleTools}
        rows={4}
      />
      <CodeArea {...field('fallbacks', 'playground.fallbacks')} hint={t('playground.one-a-line')} rows={2} />
      <CodeArea
        label={t('playground.extra')}
        hint={t('playground.extra-hint')}
        value={draft.extra}
        error={faults.extra ? t(`playground.fault-${faults.extra}`) : null}
        onInput={(extra) => onChange({ extra })}
        placeholder={'{"user": "customer-17"}'}
      />
    </fieldset>
  )
}

function EffortField(props: ParameterFieldsProps) {
  const t = useTranslate()
  const { label, disabled, value } = useParameter(props)('effort', 'playground.effort')
  const { draft, onChange } = props
  const offered = effortsOf(draft.api)
  return (
    <Select
      label={label}
      disabled={disabled}
      value={offered.some((effort) => effort === value) ? (value as Draft['effort']) : ''}
      options={[{ value: '', label: t('playground.unset') }, ...offered.map((each) => ({ value: each, label: each }))]}
      onChange={(effort) => onChange({ effort })}
    />
  )
}

function CacheField(props: ParameterFieldsProps) {
  const t = useTranslate()
  const { label, disabled } = useParameter(props)('cache', 'playground.cache')
  const { draft, onChange } = props
  return (
    <Select
      label={label}
      disabled={disabled}
      value={draft.cache}
      options={cacheChoices.map((value) => ({ value, label: value || t('playground.unset') }))}
      onChange={(cache) => onChange({ cache })}
    />
  )
}
