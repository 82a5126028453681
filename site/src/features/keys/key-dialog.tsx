import { useEffect, useRef, useState } from 'preact/hooks'
import { scopes } from '#shared/contracts/permissions'
import type { Scope } from '#shared/contracts/permissions'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { faultSentence } from './fault-sentence.ts'
import { draftOf, newDraft, readKeyDraft, toChange, toCreateBody } from './key-form.ts'
import type { KeyDraft, KeyFaults } from './key-form.ts'
import { createKey, updateKey } from './key-calls.ts'
import type { ApiKey, CreatedKey } from '#shared/contracts/keys'
import { KeyLimits } from './key-limits.tsx'
import { ModelLimit } from './model-limit.tsx'

interface KeyDialogProps {
  /** The key that is changed; null for a new one. */
  edited: ApiKey | null
  open: boolean
  onClose: () => void
  onCreated: (key: CreatedKey) => void
  onSaved: (key: ApiKey) => void
}

export function KeyDialog({ edited, open, onClose, onCreated, onSaved }: KeyDialogProps) {
  const t = useTranslate()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="lg"
      title={edited ? t('keys.edit-title', { name: edited.name }) : t('keys.create-title')}
    >
      {open && (
        <KeyForm key={edited?.id ?? 'new'} edited={edited} onClose={onClose} onCreated={onCreated} onSaved={onSaved} />
      )}
    </Dialog>
  )
}

function KeyForm({ edited, onClose, onCreated, onSaved }: Omit<KeyDialogProps, 'open'>) {
  const t = useTranslate()
  const form = useRef<HTMLFormElement>(null)
  const [original] = useState<KeyDraft>(() => (edited ? draftOf(edited) : newDraft()))
  const [draft, setDraft] = useState<KeyDraft>(original)
  const [limited, setLimited] = useState(original.models.length > 0)
  const [faults, setFaults] = useState<KeyFaults>({})
  const change = (part: Partial<KeyDraft>) => setDraft((now) => ({ ...now, ...part }))
  const sentence = (name: keyof KeyDraft) => faults[name] && t(faultSentence(faults[name]))

  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true], .keys-fault')?.focus()
  }, [faults])

  const save = useAction(async () => {
    const now = Date.now()
    const reading = readKeyDraft(draft, { now, limited, unchanged: edited ? original : undefined })
    if (!reading.ok) return setFaults(reading.faults)
    setFaults({})
    if (!edited) return onCreated(await createKey(toCreateBody(reading.body)))
    const before = readKeyDraft(original, { now, limited: original.models.length > 0, unchanged: original })
    const changed = before.ok ? toChange(before.body, reading.body) : reading.body
    onSaved(Object.keys(changed).length === 0 ? edited : await updateKey(edited.id, changed))
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <form class="stack keys-form" ref={form} onSubmit={submit} noValidate>
      <Field
        label={t('keys.name')}
        hint={t('keys.name-hint')}
        error={sentence('name')}
        value={draft.name}
        onInput={(name) => change({ name })}
        required
        maxLength={120}
        autocomplete="off"
      />
      <Scopes chosen={draft.scopes} onChange={(chosen) => change({ scopes: chosen })} fault={sentence('scopes')} />
      <ModelLimit
        limited={limited}
        onLimited={setLimited}
        chosen={draft.models}
        onChange={(models) => change({ models })}
        fault={sentence('models')}
      />
      <KeyLimits draft={draft} onChange={change} sentence={sentence} />
      <Field
        label={t('keys.expires-after')}
        hint={t('keys.expires-hint')}
        error={sentence('expires')}
        optional
        type="date"
        value={draft.expires}
        onInput={(expires) => change({ expires })}
      />
      {save.problem && <ProblemNote problem={save.problem} />}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.running}>
          {edited ? t('keys.save') : t('keys.create')}
        </Button>
      </div>
    </form>
  )
}

interface ScopesProps {
  chosen: Scope[]
  onChange: (chosen: Scope[]) => void
  fault: string | undefined
}

function Scopes({ chosen, onChange, fault }: ScopesProps) {
  const t = useTranslate()
  return (
    <fieldset class="keys-fieldset" aria-describedby={fault ? 'keys-scopes-fault' : undefined}>
      <legend class="field-label">{t('keys.scopes')}</legend>
      <p class="field-hint">{t('keys.scopes-hint')}</p>
      {scopes.map((scope) => (
        <Checkbox
          key={scope}
          name={`scope-${scope}`}
          label={
            <span class="keys-scope">
              <code>{scope}</code> <span>{t(`keys.scope-${scope}`)}</span>
            </span>
          }
          hint={scope === 'keys' ? t('keys.scope-strong') : undefined}
          checked={chosen.includes(scope)}
          onChange={(checked) => onChange(checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))}
        />
      ))}
      {fault && (
        <p class="field-error keys-fault" id="keys-scopes-fault" tabIndex={-1}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}
