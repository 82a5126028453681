import { useState } from 'preact/hooks'
import type { WebhookAttempt, WebhookDelivery } from '#shared/contracts/webhooks'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { errorKey, eventSentence, readable, statusTones } from './delivery-words.ts'
import { getDelivery, redeliver } from './webhook-calls.ts'

interface DeliveryRowProps {
  delivery: WebhookDelivery
  onChanged: (delivery: WebhookDelivery) => void
}

/** One delivery: what and how it went in a line, and every attempt when it is opened. */
export function DeliveryRow({ delivery, onChanged }: DeliveryRowProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  const { event_type: type, status, attempts, response_status: response } = delivery
  return (
    <li>
      <details class="webhooks-delivery" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Icon name="chevron-forward" size={16} />
          <span class="webhooks-delivery-what">
            <span>{eventSentence(locale, type)}</span>
            <span class="webhooks-facts">
              <code>{type}</code>
              <time dateTime={new Date(delivery.created_at).toISOString()}>
                {formatTime(locale, delivery.created_at)}
              </time>
              <span>{t('webhooks.attempts-count', { count: attempts })}</span>
              {response !== null && <span>HTTP {response}</span>}
            </span>
          </span>
          <Badge tone={statusTones[status]}>{t(`webhooks.delivery-${status}`)}</Badge>
        </summary>
        {open && <DeliveryDetails delivery={delivery} onChanged={onChanged} />}
      </details>
    </li>
  )
}

function DeliveryDetails({ delivery, onChanged }: DeliveryRowProps) {
  const t = useTranslate()
  const { id, attempts, status, next_attempt_at: next, event_id: eventId } = delivery
  const { data, problem, reload } = useResource(`delivery-${id}-${attempts}-${status}`, (signal) =>
    getDelivery(id, signal),
  )
  const again = useAction(async () => onChanged(await redeliver(id)))
  return (
    <div class="webhooks-details">
      <div class="webhooks-facts">
        <span class="cluster">
          <code>{eventId}</code>
          <CopyButton text={eventId} iconOnly />
        </span>
        {status === 'pending' && next !== null && (
          <span>
            {t('webhooks.next-attempt')} <RelativeTime at={next} />
          </span>
        )}
      </div>
      {data === null && problem && <ErrorState problem={problem} onRetry={reload} compact />}
      {data === null && !problem && <Skeleton lines={3} />}
      {data && data.attempt_log.length === 0 && <p class="webhooks-quiet">{t('webhooks.no-attempts')}</p>}
      {data && data.attempt_log.length > 0 && (
        <ol class="webhooks-attempts" role="list">
          {data.attempt_log.map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      )}
      {data && data.payload !== '' && (
        <div class="webhooks-body">
          <h3>{t('webhooks.payload')}</h3>
          <pre tabIndex={0} aria-label={t('webhooks.payload')} dir="ltr">
            <code>{readable(data.payload)}</code>
          </pre>
        </div>
      )}
      {again.problem && (
        <ProblemNote
          problem={again.problem}
          sentence={again.problem.code === 'conflict' ? t('webhooks.redeliver-conflict') : undefined}
        />
      )}
      <div>
        <Button size="sm" icon="refresh" busy={again.running} onClick={() => void again.run()}>
          {t('webhooks.redeliver')}
        </Button>
      </div>
    </div>
  )
}

function Attempt({ attempt }: { attempt: WebhookAttempt }) {
  const t = useTranslate()
  const locale = useLocale()
  const { number, at, duration_ms: duration, response_status: status, response_body: body, error } = attempt
  return (
    <li class="webhooks-attempt">
      <span class="webhooks-facts">
        <strong>{t('webhooks.attempt', { number })}</strong>
        <time dateTime={new Date(at).toISOString()}>{formatTime(locale, at)}</time>
        <span>{t('webhooks.duration', { count: duration })}</span>
        {status !== null && <span>HTTP {status}</span>}
      </span>
      {error && <span>{t(errorKey(error))}</span>}
      {body && (
        <pre tabIndex={0} aria-label={t('webhooks.response')} dir="auto">
          <code>{body}</code>
        </pre>
      )}
    </li>
  )
}
