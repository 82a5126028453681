import { useState } from 'preact/hooks'
import { usePages } from '../../api/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EntryRow } from './entry-row.tsx'
import { ExportButtons } from './export-buttons.tsx'
import type { Names } from './names.ts'
import type { Range } from './period.ts'
import { listEntries } from './usage-calls.ts'

interface EntriesProps {
  organizationId: string | null
  names: Names
  range: Range
  requestId: string | null
  onRequestId: (requestId: string | null) => void
}

/** Every change to the balance, newest first, or those of one request. */
export function Entries({ organizationId, names, range, requestId, onRequestId }: EntriesProps) {
  const t = useTranslate()
  const pages = usePages({
    key: organizationId && `entries-${organizationId}-${requestId ?? ''}`,
    load: ({ cursor, signal }) => listEntries({ limit: 25, cursor, requestId, signal }),
    idOf: ({ id }) => id,
  })
  return (
    <section class="card usage-panel" aria-labelledby="usage-entries">
      <header class="usage-panel-head">
        <div>
          <h2 id="usage-entries">{t('usage.entries')}</h2>
          <p class="usage-quiet">{t('usage.entries-explained')}</p>
        </div>
        <ExportButtons range={range} />
      </header>
      <RequestFilter key={requestId ?? ''} requestId={requestId} onRequestId={onRequestId} />
      {pages.items === null ? (
        pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={8} />
        )
      ) : pages.items.length === 0 ? (
        <NoEntries filtered={requestId !== null} onReload={pages.reload} />
      ) : (
        <>
          <ul class="usage-entries" role="list" aria-busy={pages.loading !== null}>
            {pages.items.map((entry) => (
              <EntryRow key={entry.id} entry={entry} names={names} open={requestId !== null} />
            ))}
          </ul>
          {pages.problem && (
            <ErrorState problem={pages.problem} onRetry={pages.nextCursor ? pages.loadMore : pages.reload} compact />
          )}
          {!pages.problem && (
            <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
          )}
        </>
      )}
    </section>
  )
}

function NoEntries({ filtered, onReload }: { filtered: boolean; onReload: () => void }) {
  const t = useTranslate()
  if (!filtered)
    return <EmptyState compact icon="usage" title={t('usage.no-entries-title')} text={t('usage.no-entries-text')} />
  const again = (
    <Button icon="refresh" onClick={onReload}>
      {t('ui.retry')}
    </Button>
  )
  return (
    <EmptyState compact icon="search" title={t('usage.no-such-title')} text={t('usage.no-such-text')} action={again} />
  )
}

function RequestFilter({ requestId, onRequestId }: Pick<EntriesProps, 'requestId' | 'onRequestId'>) {
  const t = useTranslate()
  const [typed, setTyped] = useState(requestId ?? '')
  const submit = (event: Event) => {
    event.preventDefault()
    onRequestId(typed.trim() === '' ? null : typed.trim())
  }
  return (
    <form class="usage-filter" role="search" onSubmit={submit}>
      <Field
        label={t('usage.filter-label')}
        type="search"
        value={typed}
        onInput={setTyped}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
      />
      <Button type="submit" icon="search">
        {t('usage.find')}
      </Button>
      {requestId !== null && (
        <Button variant="ghost" icon="close" onClick={() => onRequestId(null)}>
          {t('usage.show-all')}
        </Button>
      )}
    </form>
  )
}
