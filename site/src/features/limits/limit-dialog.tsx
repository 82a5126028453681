import { useEffect, useRef, useState } from 'preact/hooks'
import type { AccountLimits } from '#shared/contracts/limits'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { modelOptions } from '../../ui/model-options.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { setLimits } from './limit-calls.ts'
import { LimitFields } from './limit-fields.tsx'
import { limitDraftOf, noLimits, readLimitDraft } from './limit-form.ts'
import type { LimitFaults } from './limit-form.ts'
import { modelAccount } from './limit-rows.ts'

/** Whose limits are changed; `models`: one of these is still to be chosen. */
export type Edited = { name: string; limits: AccountLimits } | { models: { id: string; name: string }[] }

interface LimitDialogProps {
  edited: Edited | null
  onClose: () => void
  onSaved: (limits: AccountLimits) => void
}

export function LimitDialog({ edited, onClose, onSaved }: LimitDialogProps) {
  const t = useTranslate()
  const title = edited && 'name' in edited ? t('limits.edit-title', { name: edited.name }) : t('limits.add-model-title')
  return (
    <Dialog open={edited !== null} onClose={onClose} title={title} description={t('limits.edit-text')}>
      {edited && <LimitForm edited={edited} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  )
}

function LimitForm({ edited, onClose, onSaved }: LimitDialogProps & { edited: Edited }) {
  const t = useTranslate()
  const form = useRef<HTMLFormElement>(null)
  const choices = 'models' in edited ? edited.models : null
  const [model, setModel] = useState(choices?.[0]?.id ?? '')
  const [draft, setDraft] = useState(() => limitDraftOf('limits' in edited ? edited.limits : noLimits('')))
  const [faults, setFaults] = useState<LimitFaults>({})
  useEffect(() => {
    if (Object.keys(faults).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [faults])
  const save = useAction(async () => {
    const reading = readLimitDraft(draft)
    setFaults(reading.ok ? {} : reading.faults)
    if (!reading.ok) return
    const account = 'limits' in edited ? edited.limits.account : modelAccount(model)
    onSaved(await setLimits(account, reading.body))
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <form class="stack" ref={form} onSubmit={submit} noValidate>
      {choices && (
        <Select label={t('limits.model')} value={model} onChange={setModel} options={modelOptions(choices)} />
      )}
      <LimitFields draft={draft} onChange={(part) => setDraft((now) => ({ ...now, ...part }))} faults={faults} />
      {save.problem && <ProblemNote problem={save.problem} />}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.running}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}
