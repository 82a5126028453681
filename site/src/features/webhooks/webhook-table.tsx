import type { Webhook } from '#shared/contracts/webhooks'
import { useAction } from '../../api/use-action.ts'
import { Badge } from '../../ui/badge.tsx'
import type { BadgeProps } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { toast } from '../../ui/toasts.ts'
import { eventSentence } from './delivery-words.ts'
import { sendTest, updateWebhook } from './webhook-calls.ts'
import type { Task } from './webhook-dialogs.tsx'
import { webhookStatus, type WebhookStatus } from './webhook-status.ts'

interface WebhookTableProps {
  webhooks: Webhook[]
  shownId: string | null
  onShow: (id: string | null) => void
  onTask: (task: Task) => void
  onChanged: (webhook: Webhook) => void
  onTested: (id: string) => void
}

const tones: Record<WebhookStatus, BadgeProps['tone']> = {
  on: 'success',
  troubled: 'warning',
  off: 'neutral',
  gone: 'danger',
  failing: 'danger',
}

export function WebhookTable({ webhooks, ...rest }: WebhookTableProps) {
  const t = useTranslate()
  const columns: Column<Webhook>[] = [
    { name: 'url', heading: t('webhooks.address'), title: true, cell: (webhook) => <Address webhook={webhook} /> },
    { name: 'status', heading: t('webhooks.status'), cell: (webhook) => <Status webhook={webhook} /> },
    { name: 'events', heading: t('webhooks.events'), cell: (webhook) => <Events webhook={webhook} /> },
    {
      name: 'actions',
      heading: t('webhooks.actions'),
      headingHidden: true,
      cell: (webhook) => <Actions webhook={webhook} {...rest} />,
    },
  ]
  return (
    <DataTable
      caption={t('webhooks.title')}
      columns={columns}
      rows={webhooks}
      idOf={({ id }) => id}
      isFaded={({ enabled }) => !enabled}
    />
  )
}

function Address({ webhook }: { webhook: Webhook }) {
  return (
    <span class="webhooks-name">
      <bdi dir="ltr" class="webhooks-url">
        {webhook.url}
      </bdi>
      {webhook.description !== '' && (
        <span class="webhooks-quiet">
          <bdi>{webhook.description}</bdi>
        </span>
      )}
    </span>
  )
}

function Status({ webhook }: { webhook: Webhook }) {
  const t = useTranslate()
  const status = webhookStatus(webhook)
  return (
    <span class="webhooks-name">
      <span>
        <Badge tone={tones[status]}>{t(`webhooks.status-${status}`)}</Badge>
      </span>
      {(status === 'gone' || status === 'failing') && (
        <span class="webhooks-quiet">{t(`webhooks.status-${status}-text`)}</span>
      )}
    </span>
  )
}

function Events({ webhook }: { webhook: Webhook }) {
  const t = useTranslate()
  const locale = useLocale()
  if (webhook.event_types === null) return <span>{t('webhooks.events-all')}</span>
  return (
    <span title={webhook.event_types.map((type) => eventSentence(locale, type)).join('\n')}>
      {t('webhooks.events-count', { count: webhook.event_types.length })}
    </span>
  )
}

type ActionsProps = Omit<WebhookTableProps, 'webhooks'> & { webhook: Webhook }

function Actions({ webhook, shownId, onShow, onTask, onChanged, onTested }: ActionsProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { id, url, enabled } = webhook
  const orSay = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  }
  const test = useAction(() =>
    orSay(async () => {
      await sendTest(id)
      toast({ text: t('webhooks.test-sent') })
      onTested(id)
    }),
  )
  const toggle = useAction(() =>
    orSay(async () => {
      onChanged(await updateWebhook(id, { enabled: !enabled }))
      toast({ text: t(enabled ? 'webhooks.switched-off' : 'webhooks.switched-on') })
    }),
  )
  const shown = shownId === id
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon="list"
        aria-expanded={shown}
        aria-label={t('webhooks.log-named', { url })}
        onClick={() => onShow(shown ? null : id)}
      >
        {t('webhooks.log')}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        icon="send"
        busy={test.running}
        aria-label={t('webhooks.test-named', { url })}
        onClick={() => void test.run()}
      >
        {t('webhooks.test')}
      </Button>
      <Menu
        label={t('webhooks.more-named', { url })}
        icon="more"
        iconOnly
        size="sm"
        items={[
          { label: t('webhooks.edit'), icon: 'edit', onSelect: () => onTask({ kind: 'edit', webhook }) },
          {
            label: t(enabled ? 'webhooks.switch-off' : 'webhooks.switch-on'),
            icon: enabled ? 'stop' : 'check',
            onSelect: () => void toggle.run(),
          },
          { label: t('webhooks.rotate'), icon: 'refresh', onSelect: () => onTask({ kind: 'rotate', webhook }) },
          { separator: true },
          {
            label: t('webhooks.delete'),
            icon: 'trash',
            danger: true,
            onSelect: () => onTask({ kind: 'delete', webhook }),
          },
        ]}
      />
    </>
  )
}
