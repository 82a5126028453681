import { useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { ListItem, MoveButtons } from './list-item.tsx'
import { ModelSelect } from './model-select.tsx'
import { moved, newTarget } from './policy-draft.ts'
import type { RouteDraft, TargetDraft } from './policy-draft.ts'
import { GroupFault } from './policy-card.tsx'
import { usePolicyForm } from './policy-form.ts'

const strategies = ['fallback', 'balance'] as const
const MOST_TARGETS = 8

interface RouteEditorProps {
  route: RouteDraft
  at: number
  count: number
  onChange: (part: Partial<RouteDraft>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

export function RouteEditor({ route, at, count, onChange, onMove, onRemove }: RouteEditorProps) {
  const t = useTranslate()
  const { errorOf } = usePolicyForm()
  const path = `routes[${at}]`
  const name = route.name.trim() || t('policies.route-nameless', { number: at + 1 })
  return (
    <ListItem name={name} heading={<bdi>{name}</bdi>} at={at} count={count} onMove={onMove} onRemove={onRemove}>
      <div class="policies-halves">
        <Field
          label={t('policies.route-name')}
          hint={t('policies.route-name-hint')}
          error={errorOf(`${path}.name`)}
          value={route.name}
          onInput={(typed) => onChange({ name: typed })}
          autocomplete="off"
          spellcheck={false}
          latin
        />
        <Select
          label={t('policies.strategy')}
          hint={t(`policies.strategy-${route.strategy}-text`)}
          value={route.strategy}
          onChange={(strategy) => onChange({ strategy })}
          options={strategies.map((value) => ({ value, label: t(`policies.strategy-${value}`) }))}
        />
      </div>
      <Targets route={route} path={path} onChange={(targets) => onChange({ targets })} />
    </ListItem>
  )
}

interface TargetsProps {
  route: RouteDraft
  path: string
  onChange: (targets: TargetDraft[]) => void
}

function Targets({ route: { targets, strategy }, path, onChange }: TargetsProps) {
  const t = useTranslate()
  const { errorOf, locked } = usePolicyForm()
  const add = useRef<HTMLButtonElement>(null)
  const change = (key: number, part: Partial<TargetDraft>) =>
    onChange(targets.map((each) => (each.key === key ? { ...each, ...part } : each)))
  return (
    <fieldset class="policies-fieldset">
      <legend class="field-label">{t('policies.targets')}</legend>
      <ol class="policies-targets" role="list">
        {targets.map((target, at) => (
          <li key={target.key} class="policies-target">
            <ModelSelect
              label={t('policies.target', { number: at + 1 })}
              kind="language"
              empty={t('policies.target-choose')}
              value={target.model}
              error={errorOf(`${path}.targets[${at}].model`)}
              onChange={(model) => change(target.key, { model })}
            />
            {strategy === 'balance' && (
              <Field
                label={t('policies.weight')}
                error={errorOf(`${path}.targets[${at}].weight`)}
                value={target.weight}
                onInput={(weight) => change(target.key, { weight })}
                inputMode="numeric"
                autocomplete="off"
                latin
                class="policies-weight"
              />
            )}
            <MoveButtons
              name={t('policies.target', { number: at + 1 })}
              at={at}
              count={targets.length}
              onMove={(by) => onChange(moved(targets, at, by))}
              onRemove={() => {
                onChange(targets.filter(({ key }) => key !== target.key))
                add.current?.focus()
              }}
            />
          </li>
        ))}
      </ol>
      <GroupFault error={errorOf(`${path}.targets`)} />
      {!locked && targets.length < MOST_TARGETS && (
        <div>
          <Button size="sm" icon="plus" buttonRef={add} onClick={() => onChange([...targets, newTarget()])}>
            {t('policies.target-add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
