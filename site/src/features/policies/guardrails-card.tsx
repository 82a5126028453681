import { useRef } from 'preact/hooks'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { GuardrailEditor } from './guardrail-editor.tsx'
import { guardrailTypes, moved, newGuardrail } from './policy-draft.ts'
import type { GuardrailDraft } from './policy-draft.ts'
import { PolicyCard } from './policy-card.tsx'
import { usePolicyForm } from './policy-form.ts'

const MOST = 20

/** What every request and answer is looked through for, one after the other. */
export function GuardrailsCard() {
  const t = useTranslate()
  const { draft, onChange, locked } = usePolicyForm()
  const add = useRef<HTMLDivElement>(null)
  const { guardrails } = draft
  const set = (next: GuardrailDraft[]) => onChange({ guardrails: next })
  const remove = (key: number) => {
    set(guardrails.filter((each) => each.key !== key))
    add.current?.querySelector('button')?.focus()
  }
  return (
    <PolicyCard title={t('policies.guardrails')} text={t('policies.guardrails-text')}>
      {guardrails.length === 0 && <EmptyState compact icon="admin" title={t('policies.guardrails-none')} />}
      <ol class="policies-list" role="list">
        {guardrails.map((guardrail, at) => (
          <GuardrailEditor
            key={guardrail.key}
            guardrail={guardrail}
            at={at}
            count={guardrails.length}
            onChange={(part) =>
              set(guardrails.map((each) => (each.key === guardrail.key ? { ...each, ...part } : each)))
            }
            onMove={(by) => set(moved(guardrails, at, by))}
            onRemove={() => remove(guardrail.key)}
          />
        ))}
      </ol>
      {!locked && guardrails.length < MOST && (
        <div ref={add}>
          <Menu
            label={t('policies.guardrail-add')}
            icon="plus"
            variant="secondary"
            align="start"
            items={guardrailTypes.map((type) => ({
              label: t(`policies.guardrail-${type}`),
              onSelect: () => set([...guardrails, newGuardrail(type)]),
            }))}
          />
        </div>
      )}
    </PolicyCard>
  )
}
