import { useId } from 'preact/hooks'
import type { Key } from '../../i18n/locales.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { ListItem } from './list-item.tsx'
import { ModelSelect } from './model-select.tsx'
import { actionsOf, kindsOf } from './policy-draft.ts'
import type { GuardrailDraft } from './policy-draft.ts'
import { GroupFault } from './policy-card.tsx'
import { usePolicyForm } from './policy-form.ts'
import { wordsOf } from './read-policy.ts'

const stages = ['input', 'output', 'both'] as const

interface GuardrailEditorProps {
  guardrail: GuardrailDraft
  at: number
  count: number
  onChange: (part: Partial<GuardrailDraft>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

export function GuardrailEditor({ guardrail, at, count, onChange, onMove, onRemove }: GuardrailEditorProps) {
  const t = useTranslate()
  const { type, action, stage } = guardrail
  const name = t(`policies.guardrail-${type}`)
  return (
    <ListItem name={name} heading={name} at={at} count={count} onMove={onMove} onRemove={onRemove}>
      <p class="muted small">{t(`policies.guardrail-${type}-text`)}</p>
      <Subject guardrail={guardrail} path={`guardrails[${at}]`} onChange={onChange} />
      <div class="policies-halves">
        <Select
          label={t('policies.action')}
          value={action}
          onChange={(chosen) => onChange({ action: chosen })}
          options={actionsOf(type).map((value) => ({ value, label: t(`policies.action-${value}`) }))}
        />
        <Select
          label={t('policies.stage')}
          value={stage}
          onChange={(chosen) => onChange({ stage: chosen })}
          options={stages.map((value) => ({ value, label: t(`policies.stage-${value}`) }))}
        />
      </div>
    </ListItem>
  )
}

interface SubjectProps {
  guardrail: GuardrailDraft
  path: string
  onChange: (part: Partial<GuardrailDraft>) => void
}

/** What it looks for. */
function Subject({ guardrail, path, onChange }: SubjectProps) {
  const t = useTranslate()
  const { errorOf } = usePolicyForm()
  if (guardrail.type === 'words')
    return (
      <TextArea
        label={t('policies.words')}
        hint={t('policies.words-hint', { count: wordsOf(guardrail.words).length })}
        error={errorOf(`${path}.words`)}
        value={guardrail.words}
        onInput={(words) => onChange({ words })}
        rows={5}
        spellcheck={false}
      />
    )
  if (guardrail.type === 'moderation')
    return (
      <ModelSelect
        label={t('policies.moderation-model')}
        kind="moderation"
        empty={t('policies.moderation-first')}
        value={guardrail.model}
        error={errorOf(`${path}.model`)}
        onChange={(model) => onChange({ model })}
      />
    )
  return <Kinds guardrail={guardrail} error={errorOf(`${path}.kinds`)} onChange={onChange} />
}

interface KindsProps {
  guardrail: GuardrailDraft
  error: string | null
  onChange: (part: Partial<GuardrailDraft>) => void
}

function Kinds({ guardrail: { type, kinds }, error, onChange }: KindsProps) {
  const t = useTranslate()
  const id = useId()
  const all = kindsOf(type)
  return (
    <fieldset class="policies-fieldset" aria-describedby={error ? `${id}-fault` : undefined}>
      <legend class="field-label">{t('policies.kinds')}</legend>
      <div class="policies-checks">
        {all.map((kind) => (
          <Checkbox
            key={kind}
            label={t(`policies.kind-${kind}` as Key)}
            checked={kinds.includes(kind)}
            onChange={(checked) =>
              onChange({ kinds: all.filter((each) => (each === kind ? checked : kinds.includes(each))) })
            }
          />
        ))}
      </div>
      <GroupFault id={`${id}-fault`} error={error} />
    </fieldset>
  )
}
