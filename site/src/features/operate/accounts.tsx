import { useState } from 'preact/hooks'
import { usePages } from '../../api/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { findOrganizations } from './operate-calls.ts'
import { OrganizationMoney } from './organization-money.tsx'

/** Invoices, refunds and contracts belong to one organization, which is looked up first. */
export function Accounts() {
  const t = useTranslate()
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const pages = usePages({
    key: `operate-accounts-${q}`,
    load: (place) => findOrganizations({ q, ...place }),
    idOf: ({ id }) => id,
  })
  if (chosen) return <OrganizationMoney key={chosen} id={chosen} onClose={() => setChosen(null)} />
  return (
    <section class="card stack" aria-labelledby="operate-accounts">
      <h2 id="operate-accounts">{t('operate.tab-accounts')}</h2>
      <p class="muted small">{t('operate.accounts-text')}</p>
      <form
        class="operate-filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setQ(typed.trim())
        }}
      >
        <Field label={t('operate.search-accounts')} type="search" value={typed} onInput={setTyped} autocomplete="off" />
        <Button type="submit" icon="search">
          {t('admin.search')}
        </Button>
      </form>
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={5} />
        ))}
      {pages.items?.length === 0 && <EmptyState compact icon="organization" title={t('admin.no-organizations')} />}
      {pages.items && pages.items.length > 0 && (
        <>
          <DataTable
            caption={t('operate.tab-accounts')}
            rows={pages.items}
            idOf={({ id }) => id}
            columns={[
              {
                name: 'name',
                heading: t('admin.organization'),
                title: true,
                cell: ({ id, name }) => (
                  <span class="operate-name">
                    <bdi>{name}</bdi>
                    <code class="operate-quiet" dir="ltr">
                      {id}
                    </code>
                  </span>
                ),
              },
              {
                name: 'balance',
                heading: t('admin.balance'),
                numeric: true,
                cell: ({ balance_micros }) =>
                  balance_micros === null ? t('admin.balance-unavailable') : <Money micros={balance_micros} />,
              },
              {
                name: 'actions',
                heading: t('admin.actions'),
                headingHidden: true,
                cell: ({ id, name }) => (
                  <Button
                    size="sm"
                    aria-label={t('operate.named', { action: t('operate.open'), name: name })}
                    onClick={() => setChosen(id)}
                  >
                    {t('operate.open')}
                  </Button>
                ),
              },
            ]}
          />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
    </section>
  )
}
