import { useEffect, useState } from 'preact/hooks'
import { MAX_WEBHOOKS, type Webhook } from '#shared/contracts/webhooks'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Deliveries } from './deliveries.tsx'
import { listWebhooks } from './webhook-calls.ts'
import { WebhookDialogs, type Task } from './webhook-dialogs.tsx'
import { WebhookTable } from './webhook-table.tsx'
import './webhooks.css'

function Webhooks() {
  const t = useTranslate()
  const [task, setTask] = useState<Task | null>(null)
  useEffect(() => void loadAccount(), [])
  const known = account.value
  const allowed = known === null || may('webhooks.manage')
  return (
    <div class="stack webhooks">
      <header class="page-head">
        <div>
          <h1>{t('webhooks.title')}</h1>
          <p>{t('webhooks.intro')}</p>
        </div>
        {allowed && (
          <Button
            variant="primary"
            icon="plus"
            disabled={known === null}
            onClick={() => setTask({ kind: 'edit', webhook: null })}
          >
            {t('webhooks.add')}
          </Button>
        )}
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {known && !allowed ? (
        <Note>{t('webhooks.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
      ) : (
        <WebhookList organizationId={known?.organization.id ?? null} task={task} onTask={setTask} />
      )}
    </div>
  )
}

interface WebhookListProps {
  organizationId: string | null
  task: Task | null
  onTask: (task: Task | null) => void
}

/** The same list with one webhook as it is now; a new one comes last. */
const withWebhook = (all: Webhook[], webhook: Webhook): Webhook[] =>
  all.some(({ id }) => id === webhook.id)
    ? all.map((each) => (each.id === webhook.id ? webhook : each))
    : [...all, webhook]

function WebhookList({ organizationId, task, onTask }: WebhookListProps) {
  const t = useTranslate()
  const { data, problem, reload, replace } = useResource(organizationId && `webhooks-${organizationId}`, listWebhooks)
  const [shownId, setShownId] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const shown = data?.find(({ id }) => id === shownId) ?? null
  return (
    <>
      {data === null && problem && <ErrorState problem={problem} onRetry={reload} />}
      {data === null && !problem && (
        <div class="card">
          <Skeleton lines={5} />
        </div>
      )}
      {data?.length === 0 && (
        <div class="card">
          <EmptyState
            icon="webhooks"
            title={t('webhooks.empty-title')}
            text={t('webhooks.empty-text')}
            action={
              <Button variant="primary" icon="plus" onClick={() => onTask({ kind: 'edit', webhook: null })}>
                {t('webhooks.add')}
              </Button>
            }
          />
        </div>
      )}
      {data && data.length > 0 && (
        <div class="card webhooks-card">
          <WebhookTable
            webhooks={data}
            shownId={shownId}
            onShow={setShownId}
            onTask={onTask}
            onChanged={(webhook) => replace((all) => withWebhook(all, webhook))}
            onTested={(id) => {
              setShownId(id)
              setRound((count) => count + 1)
            }}
          />
          {data.length >= MAX_WEBHOOKS && <p class="webhooks-quiet">{t('webhooks.full', { count: MAX_WEBHOOKS })}</p>}
        </div>
      )}
      {shown && <Deliveries key={shown.id} webhook={shown} round={round} onClose={() => setShownId(null)} />}
      <WebhookDialogs
        task={task}
        onTask={onTask}
        onChanged={(webhook) => replace((all) => withWebhook(all, webhook))}
        onDeleted={(id) => {
          if (id === shownId) setShownId(null)
          replace((all) => all.filter((each) => each.id !== id))
        }}
      />
    </>
  )
}

export const WebhooksIsland = island(Webhooks)
