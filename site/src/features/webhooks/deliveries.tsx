import { useEffect, useState } from 'preact/hooks'
import { deliveryStatuses, type DeliveryStatus, type Webhook, type WebhookDelivery } from '#shared/contracts/webhooks'
import { usePages } from '../../api/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DeliveryRow } from './delivery-row.tsx'
import { listDeliveries } from './webhook-calls.ts'

interface DeliveriesProps {
  webhook: Webhook
  /** Counts up when something new is known to be there. */
  round: number
  onClose: () => void
}

const LOOK_AGAIN_MS = 2_000
const SOON_MS = 20_000

const isSoon = ({ status, next_attempt_at: at }: WebhookDelivery): boolean =>
  status === 'pending' && at !== null && at - Date.now() < SOON_MS

/** What was sent to one webhook in the last 30 days, newest first. */
export function Deliveries({ webhook, round, onClose }: DeliveriesProps) {
  const t = useTranslate()
  const [status, setStatus] = useState<DeliveryStatus | 'all'>('all')
  const pages = usePages({
    key: `deliveries-${webhook.id}-${status}`,
    load: ({ cursor, signal }) =>
      listDeliveries(webhook.id, { status: status === 'all' ? null : status, cursor, signal }),
    idOf: ({ id }) => id,
  })
  const { items, loading, reload } = pages

  useEffect(() => {
    if (round > 0) reload()
  }, [round, reload])
  // What is about to be tried is looked at again, as long as nobody has read on.
  const waits = items !== null && items.length <= 25 && items.some(isSoon)
  useEffect(() => {
    if (!waits || loading !== null) return
    const timer = setTimeout(reload, LOOK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [waits, loading, reload])

  const options = [
    { value: 'all' as const, label: t('webhooks.status-any') },
    ...deliveryStatuses.map((value) => ({ value, label: t(`webhooks.delivery-${value}`) })),
  ]
  return (
    <section class="card webhooks-log" aria-labelledby="webhooks-log">
      <header class="webhooks-log-head">
        <div>
          <h2 id="webhooks-log">{t('webhooks.log-title')}</h2>
          <p class="webhooks-quiet">
            <bdi dir="ltr">{webhook.url}</bdi>
          </p>
        </div>
        <div class="webhooks-log-tools">
          <Select
            label={t('webhooks.status')}
            labelHidden
            size="sm"
            value={status}
            onChange={setStatus}
            options={options}
          />
          <Button size="sm" variant="ghost" icon="refresh" iconOnly onClick={reload}>
            {t('webhooks.reload')}
          </Button>
          <Button size="sm" variant="ghost" icon="close" iconOnly onClick={onClose}>
            {t('ui.close')}
          </Button>
        </div>
      </header>
      {items === null ? (
        pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={reload} compact />
        ) : (
          <Skeleton lines={4} />
        )
      ) : items.length === 0 ? (
        <EmptyState compact icon="send" title={t('webhooks.log-empty')} text={t('webhooks.log-empty-text')} />
      ) : (
        <>
          <ul class="webhooks-deliveries" role="list">
            {items.map((delivery) => (
              <DeliveryRow
                key={delivery.id}
                delivery={delivery}
                onChanged={(changed) => {
                  pages.replace((all) => all.map((each) => (each.id === changed.id ? changed : each)))
                  reload()
                }}
              />
            ))}
          </ul>
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
    </section>
  )
}
