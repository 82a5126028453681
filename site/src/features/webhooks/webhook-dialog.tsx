import { useEffect, useRef, useState } from 'preact/hooks'
import type { Webhook, WebhookWithSecret } from '#shared/contracts/webhooks'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { EventChoice } from './event-choice.tsx'
import { createWebhook, updateWebhook } from './webhook-calls.ts'
import { draftOf, newDraft, readWebhookDraft, toChange } from './webhook-form.ts'
import type { WebhookDraft, WebhookFault, WebhookFaults } from './webhook-form.ts'
import type { Key } from '../../i18n/locales.ts'

interface WebhookDialogProps {
  /** The webhook that is changed; null for a new one. */
  edited: Webhook | null
  open: boolean
  onClose: () => void
  onCreated: (webhook: WebhookWithSecret) => void
  onSaved: (webhook: Webhook) => void
}

export function WebhookDialog({ edited, open, onClose, onCreated, onSaved }: WebhookDialogProps) {
  const t = useTranslate()
  return (
    <Dialog open={open} onClose={onClose} size="lg" title={t(edited ? 'webhooks.edit-title' : 'webhooks.add-title')}>
      {open && (
        <WebhookForm
          key={edited?.id ?? 'new'}
          edited={edited}
          onClose={onClose}
          onCreated={onCreated}
          onSaved={onSaved}
        />
      )}
    </Dialog>
  )
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

const faultKey = (fault: WebhookFault): Key => `webhooks.fault-${fault.replaceAll('_', '-')}` as Key

function WebhookForm({ edited, onClose, onCreated, onSaved }: Omit<WebhookDialogProps, 'open'>) {
  const t = useTranslate()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<WebhookDraft>(() => (edited ? draftOf(edited) : newDraft()))
  const [faults, setFaults] = useState<WebhookFaults>({})
  const change = (part: Partial<WebhookDraft>) => setDraft((now) => ({ ...now, ...part }))
  const sentence = (name: keyof WebhookFaults) => faults[name] && t(faultKey(faults[name]))

  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true], .webhooks-fault')?.focus()
  }, [faults])

  const save = useAction(async () => {
    const reading = readWebhookDraft(draft, { local: LOCAL.test(window.location.hostname) })
    if (!reading.ok) return setFaults(reading.faults)
    setFaults({})
    if (!edited) return onCreated(await createWebhook({ ...reading.body, enabled: true }))
    const changed = toChange(edited, reading.body)
    onSaved(Object.keys(changed).length === 0 ? edited : await updateWebhook(edited.id, changed))
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <form class="stack" ref={form} onSubmit={submit} noValidate>
      <Field
        label={t('webhooks.address')}
        hint={t('webhooks.address-hint')}
        error={sentence('url')}
        value={draft.url}
        onInput={(url) => change({ url })}
        required
        latin
        inputMode="url"
        maxLength={2_048}
        autocomplete="off"
        spellcheck={false}
      />
      <Field
        label={t('webhooks.description')}
        error={sentence('description')}
        optional
        value={draft.description}
        onInput={(description) => change({ description })}
        maxLength={240}
        autocomplete="off"
      />
      <EventChoice
        limited={draft.limited}
        onLimited={(limited) => change({ limited })}
        chosen={draft.events}
        onChange={(events) => change({ events })}
        fault={sentence('events')}
      />
      {save.problem && (
        <ProblemNote
          problem={save.problem}
          sentence={save.problem.code === 'conflict' && !edited ? t('webhooks.too-many') : undefined}
        />
      )}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.running}>
          {t(edited ? 'webhooks.save' : 'webhooks.add')}
        </Button>
      </div>
    </form>
  )
}
