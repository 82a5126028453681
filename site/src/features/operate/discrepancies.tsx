import { useState } from 'preact/hooks'
import type { Discrepancy } from '#shared/contracts/billing-administration'
import { useAction } from '../../api/use-action.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { listDiscrepancies, resolveDiscrepancy } from './operate-calls.ts'
import { kebab } from './kebab.ts'

const states = ['raised', 'repaired', 'resolved'] as const
const tones = { raised: 'warning', repaired: 'success', resolved: 'neutral' } as const
type State = (typeof states)[number]

export function Discrepancies() {
  const t = useTranslate()
  const [state, setState] = useState<State>('raised')
  const [chosen, setChosen] = useState<Discrepancy | null>(null)
  const pages = usePages({
    key: `discrepancies-${state}`,
    load: (place) => listDiscrepancies({ state, ...place }),
    idOf: ({ id }: Discrepancy) => id,
  })
  return (
    <section class="card stack operate-room" aria-labelledby="operate-discrepancies">
      <div class="spread">
        <h2 id="operate-discrepancies">{t('operate.discrepancies')}</h2>
        <Segmented
          label={t('operate.state')}
          value={state}
          onChange={setState}
          options={states.map((value) => ({ value, label: t(`operate.discrepancy-${value}`) }))}
        />
      </div>
      <p class="muted small">{t('operate.discrepancies-text')}</p>
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={3} />
        ))}
      {pages.items?.length === 0 && <EmptyState compact icon="check" title={t(`operate.no-${state}`)} />}
      {pages.items && pages.items.length > 0 && (
        <>
          <DiscrepancyTable discrepancies={pages.items} onResolve={setChosen} />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
      {chosen && (
        <ResolveDialog
          discrepancy={chosen}
          onClose={() => setChosen(null)}
          onResolved={() => {
            pages.replace((all) => all.filter(({ id }) => id !== chosen.id))
            setChosen(null)
          }}
        />
      )}
    </section>
  )
}

interface TableProps {
  discrepancies: Discrepancy[]
  onResolve: (discrepancy: Discrepancy) => void
}

function DiscrepancyTable({ discrepancies, onResolve }: TableProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('operate.discrepancies')}
      rows={discrepancies}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'kind',
          heading: t('operate.difference'),
          title: true,
          cell: ({ kind, subject_id, organization_id }) => (
            <span class="operate-name">
              {t(`operate.difference-${kebab(kind)}`)}
              <span class="operate-quiet" dir="ltr">
                {[subject_id, organization_id].filter(Boolean).join(' · ')}
              </span>
            </span>
          ),
        },
        {
          name: 'expected',
          heading: t('operate.expected'),
          cell: ({ expected }) => (
            <bdi class="operate-fact" dir="ltr">
              {expected}
            </bdi>
          ),
        },
        {
          name: 'actual',
          heading: t('operate.actual'),
          cell: ({ actual }) => (
            <bdi class="operate-fact" dir="ltr">
              {actual}
            </bdi>
          ),
        },
        {
          name: 'found',
          heading: t('operate.found'),
          cell: ({ found_at, state, note }) => (
            <span class="operate-name">
              {formatTime(locale, found_at)}
              {state !== 'raised' && (
                <span>
                  <Badge tone={tones[state]}>{t(`operate.discrepancy-${state}`)}</Badge>
                </span>
              )}
              {note && <bdi class="operate-quiet">{note}</bdi>}
            </span>
          ),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (discrepancy) =>
            discrepancy.state === 'raised' && (
              <Button
                size="sm"
                icon="check"
                aria-label={t('operate.named', { action: t('operate.resolve'), name: discrepancy.subject_id })}
                onClick={() => onResolve(discrepancy)}
              >
                {t('operate.resolve')}
              </Button>
            ),
        },
      ]}
    />
  )
}

interface ResolveProps {
  discrepancy: Discrepancy
  onClose: () => void
  onResolved: () => void
}

function ResolveDialog({ discrepancy, onClose, onResolved }: ResolveProps) {
  const t = useTranslate()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const missing = note.trim() === ''
  const resolve = useAction(async () => {
    await resolveDiscrepancy(discrepancy.id, note.trim())
    toast({ text: t('operate.resolved') })
    onResolved()
  })
  return (
    <Dialog open onClose={onClose} size="sm" title={t('operate.resolve')} description={t('operate.resolve-text')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!missing) void resolve.run()
        }}
      >
        <Field
          label={t('operate.note')}
          hint={t('operate.resolve-hint')}
          value={note}
          onInput={setNote}
          error={tried && missing ? t('ui.required') : null}
          maxLength={500}
          autocomplete="off"
        />
        {resolve.problem && <ProblemNote problem={resolve.problem} />}
        <div class="dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" busy={resolve.running}>
            {t('operate.resolve')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
