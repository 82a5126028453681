import { useState } from 'preact/hooks'
import type { StripeEventView } from '#shared/contracts/billing-administration'
import { useAction } from '../../api/use-action.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { listEvents, replayEvent, replayFailed } from './operate-calls.ts'

const states = ['received', 'processed', 'ignored', 'failed'] as const
const tones = { received: 'neutral', processed: 'success', ignored: 'neutral', failed: 'danger' } as const

export function Events() {
  const t = useTranslate()
  const [state, setState] = useState('')
  const [typed, setTyped] = useState('')
  const [type, setType] = useState('')
  const [asking, setAsking] = useState(false)
  const pages = usePages({
    key: `events-${state}-${type}`,
    load: (place) => listEvents({ state, type, ...place }),
    idOf: ({ id }: StripeEventView) => id,
  })
  const replay = useAction(async (event: StripeEventView) => {
    await replayEvent(event.id)
    pages.reload()
    toast({ text: t('operate.replayed') })
  })
  const replayAll = useAction(async () => {
    await replayFailed()
    setAsking(false)
    pages.reload()
    toast({ text: t('operate.replayed-all') })
  })
  return (
    <section class="card stack" aria-labelledby="operate-events">
      <div class="spread">
        <h2 id="operate-events">{t('operate.events')}</h2>
        <div class="cluster">
          <Button size="sm" icon="refresh" onClick={pages.reload}>
            {t('operate.refresh')}
          </Button>
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('operate.replay-failed')}
          </Button>
        </div>
      </div>
      <p class="muted small">{t('operate.events-text')}</p>
      <form
        class="operate-filters"
        onSubmit={(event) => {
          event.preventDefault()
          setType(typed.trim())
        }}
      >
        <Select
          label={t('operate.state')}
          value={state}
          onChange={setState}
          options={[
            { value: '', label: t('operate.any-state') },
            ...states.map((value) => ({ value, label: t(`operate.event-${value}`) })),
          ]}
        />
        <Field label={t('operate.event-type')} value={typed} onInput={setTyped} autocomplete="off" latin />
        <Button type="submit" icon="search">
          {t('operate.filter')}
        </Button>
      </form>
      {replay.problem && <ProblemNote problem={replay.problem} />}
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={5} />
        ))}
      {pages.items?.length === 0 && <EmptyState compact icon="webhooks" title={t('operate.no-events')} />}
      {pages.items && pages.items.length > 0 && (
        <>
          <EventTable events={pages.items} onReplay={(event) => void replay.run(event)} />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void replayAll.run()}
        title={t('operate.replay-failed')}
        description={t('operate.replay-failed-text')}
        confirmLabel={t('operate.replay-failed')}
        busy={replayAll.running}
        problem={replayAll.problem}
      />
    </section>
  )
}

interface EventTableProps {
  events: StripeEventView[]
  onReplay: (event: StripeEventView) => void
}

function EventTable({ events, onReplay }: EventTableProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('operate.events')}
      rows={events}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'type',
          heading: t('operate.event-type'),
          title: true,
          cell: ({ id, type, object_id, error }) => (
            <span class="operate-name">
              <code dir="ltr">{type}</code>
              <span class="operate-quiet" dir="ltr">
                {[id, object_id].filter(Boolean).join(' · ')}
              </span>
              {error && (
                <bdi class="operate-error" dir="ltr">
                  {error}
                </bdi>
              )}
            </span>
          ),
        },
        {
          name: 'state',
          heading: t('operate.state'),
          cell: ({ state }) => <Badge tone={tones[state]}>{t(`operate.event-${state}`)}</Badge>,
        },
        {
          name: 'at',
          heading: t('operate.received-at'),
          cell: ({ received_at }) => formatTime(locale, received_at),
        },
        {
          name: 'deliveries',
          heading: t('operate.deliveries'),
          numeric: true,
          cell: ({ deliveries, attempts }) => (
            <span class="operate-name operate-end">
              {formatNumber(locale, deliveries)}
              {attempts > 0 && (
                <span class="operate-quiet">
                  {t('operate.attempts-failed', { attempts: formatNumber(locale, attempts) })}
                </span>
              )}
            </span>
          ),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (event) => (
            <Button
              size="sm"
              icon="refresh"
              aria-label={t('operate.named', { action: t('operate.replay'), name: event.type })}
              onClick={() => onReplay(event)}
            >
              {t('operate.replay')}
            </Button>
          ),
        },
      ]}
    />
  )
}
