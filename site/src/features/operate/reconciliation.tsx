import type { ReconciliationRun } from '#shared/contracts/billing-administration'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { listRuns, startRun } from './operate-calls.ts'

const stateOf = ({ finished_at, error }: ReconciliationRun) =>
  error !== null ? ('failed' as const) : finished_at === null ? ('running' as const) : ('finished' as const)
const tones = { failed: 'danger', running: 'neutral', finished: 'success' } as const
const counts = ['subscriptions', 'invoices', 'grants', 'repaired', 'raised'] as const

export function Reconciliation() {
  const t = useTranslate()
  const { data, problem, reload } = useResource('reconciliations', listRuns)
  const start = useAction(async () => {
    await startRun()
    reload()
    toast({ text: t('operate.run-started') })
  })
  return (
    <section class="card stack operate-room" aria-labelledby="operate-runs">
      <div class="spread">
        <h2 id="operate-runs">{t('operate.runs')}</h2>
        <div class="cluster">
          <Button size="sm" icon="refresh" onClick={reload}>
            {t('operate.refresh')}
          </Button>
          <Button size="sm" variant="primary" busy={start.running} onClick={() => void start.run()}>
            {t('operate.run-now')}
          </Button>
        </div>
      </div>
      <p class="muted small">{t('operate.runs-text')}</p>
      {start.problem && <ProblemNote problem={start.problem} />}
      {!data && (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={3} />)}
      {data?.data.length === 0 && <EmptyState compact icon="refresh" title={t('operate.no-runs')} />}
      {data && data.data.length > 0 && <RunTable runs={data.data} />}
    </section>
  )
}

function RunTable({ runs }: { runs: ReconciliationRun[] }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('operate.runs')}
      rows={runs}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'started',
          heading: t('operate.started'),
          title: true,
          cell: (run) => (
            <span class="operate-name">
              <span class="cluster">
                {formatTime(locale, run.started_at)}
                <Badge tone={tones[stateOf(run)]}>{t(`operate.run-${stateOf(run)}`)}</Badge>
              </span>
              {run.error && (
                <bdi class="operate-error" dir="ltr">
                  {run.error}
                </bdi>
              )}
            </span>
          ),
        },
        ...counts.map((name) => ({
          name,
          heading: t(`operate.run-${name}`),
          numeric: true,
          cell: (run: ReconciliationRun) => formatNumber(locale, run[name]),
        })),
      ]}
    />
  )
}
