import { useState } from 'preact/hooks'
import type { DeadLetter } from '#shared/contracts/jobs'
import { useAction } from '../../api/use-action.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { listDeadLetters, retryDeadLetter } from './admin-calls.ts'

/** Jobs that ended because of the platform or its providers, after every try; nobody has paid for them. */
export function DeadLetters() {
  const t = useTranslate()
  const [chosen, setChosen] = useState<DeadLetter | null>(null)
  const pages = usePages({ key: 'dead-letters', load: listDeadLetters, idOf: ({ id }) => id })
  const retry = useAction(async (job: DeadLetter) => {
    await retryDeadLetter(job.id)
    pages.replace((jobs) => jobs.filter(({ id }) => id !== job.id))
    setChosen(null)
    toast({ text: t('admin.dead-retried') })
  })
  return (
    <div class="stack">
      <p class="small muted">{t('admin.dead-text')}</p>
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={6} />
        ))}
      {pages.items?.length === 0 && (
        <EmptyState compact icon="check" title={t('admin.no-dead-title')} text={t('admin.no-dead-text')} />
      )}
      {pages.items && pages.items.length > 0 && (
        <>
          <DeadLetterTable
            jobs={pages.items}
            onRetry={(job) => {
              retry.clear()
              setChosen(job)
            }}
          />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
      <ConfirmDialog
        open={chosen !== null}
        onClose={() => setChosen(null)}
        onConfirm={() => chosen && void retry.run(chosen)}
        title={t('admin.dead-retry-title')}
        description={t('admin.dead-retry-text')}
        confirmLabel={t('admin.dead-retry')}
        busy={retry.running}
        problem={retry.problem}
      />
    </div>
  )
}

function DeadLetterTable({ jobs, onRetry }: { jobs: DeadLetter[]; onRetry: (job: DeadLetter) => void }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('admin.tab-dead-letters')}
      rows={jobs}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'job',
          heading: t('admin.dead-job'),
          title: true,
          cell: ({ id }) => <code class="admin-code">{id}</code>,
        },
        {
          name: 'model',
          heading: t('admin.dead-model'),
          cell: ({ model }) => (
            <bdi dir="ltr" class="admin-code">
              {model}
            </bdi>
          ),
        },
        {
          name: 'reason',
          heading: t('admin.dead-reason'),
          cell: ({ error }) =>
            error ? (
              <span class="admin-dead-reason">
                <span>{problemSentence(locale, error)}</span>
                <Badge tone="danger">{error.code}</Badge>
              </span>
            ) : (
              t('ui.none')
            ),
        },
        {
          name: 'attempts',
          heading: t('admin.dead-attempts'),
          numeric: true,
          cell: ({ attempts }) => formatNumber(locale, attempts),
        },
        {
          name: 'ended',
          heading: t('admin.dead-ended'),
          cell: ({ ended_at: endedAt, created_at: createdAt }) => <RelativeTime at={endedAt ?? createdAt} />,
        },
        {
          name: 'organization',
          heading: t('admin.dead-organization'),
          cell: ({ organization_id: id }) => <code class="admin-code">{id}</code>,
        },
        {
          name: 'actions',
          heading: t('admin.dead-retry'),
          headingHidden: true,
          cell: (job) => (
            <Button
              size="sm"
              icon="refresh"
              aria-label={t('admin.dead-retry-named', { id: job.id })}
              onClick={() => onRetry(job)}
            >
              {t('admin.dead-retry')}
            </Button>
          ),
        },
      ]}
    />
  )
}
