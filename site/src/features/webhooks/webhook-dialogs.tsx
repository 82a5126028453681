import { useState } from 'preact/hooks'
import type { Webhook, WebhookWithSecret } from '#shared/contracts/webhooks'
import { useAction } from '../../api/use-action.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { toast } from '../../ui/toasts.ts'
import { deleteWebhook, rotateSecret } from './webhook-calls.ts'
import { WebhookDialog } from './webhook-dialog.tsx'
import { WebhookSecretDialog } from './webhook-secret-dialog.tsx'

/** What a person is about to do. `webhook: null` is a new one. */
export type Task =
  | { kind: 'edit'; webhook: Webhook | null }
  | { kind: 'rotate'; webhook: Webhook }
  | { kind: 'delete'; webhook: Webhook }

interface WebhookDialogsProps {
  task: Task | null
  onTask: (task: Task | null) => void
  onChanged: (webhook: Webhook) => void
  onDeleted: (id: string) => void
}

export function WebhookDialogs({ task, onTask, onChanged, onDeleted }: WebhookDialogsProps) {
  const t = useTranslate()
  const [created, setCreated] = useState<WebhookWithSecret | null>(null)
  const show = (withSecret: WebhookWithSecret) => {
    const { secret: _, ...webhook } = withSecret
    onChanged(webhook)
    onTask(null)
    setCreated(withSecret)
  }
  const rotate = useAction(async (id: string) => show(await rotateSecret(id)))
  const remove = useAction(async (id: string) => {
    await deleteWebhook(id)
    onDeleted(id)
    onTask(null)
    toast({ text: t('webhooks.deleted') })
  })
  const close = () => {
    onTask(null)
    rotate.clear()
    remove.clear()
  }
  return (
    <>
      <WebhookDialog
        open={task?.kind === 'edit'}
        edited={task?.kind === 'edit' ? task.webhook : null}
        onClose={close}
        onCreated={show}
        onSaved={(webhook) => {
          onChanged(webhook)
          onTask(null)
          toast({ text: t('webhooks.saved') })
        }}
      />
      <WebhookSecretDialog secret={created?.secret ?? null} onClose={() => setCreated(null)} />
      <ConfirmDialog
        open={task?.kind === 'rotate'}
        onClose={close}
        onConfirm={() => task?.kind === 'rotate' && void rotate.run(task.webhook.id)}
        title={t('webhooks.rotate-title')}
        description={t('webhooks.rotate-text')}
        confirmLabel={t('webhooks.rotate')}
        busy={rotate.running}
        problem={rotate.problem}
      />
      <ConfirmDialog
        open={task?.kind === 'delete'}
        onClose={close}
        onConfirm={() => task?.kind === 'delete' && void remove.run(task.webhook.id)}
        title={t('webhooks.delete-title')}
        description={t('webhooks.delete-text')}
        confirmLabel={t('webhooks.delete')}
        danger
        busy={remove.running}
        problem={remove.problem}
      />
    </>
  )
}
