import { useState } from 'preact/hooks'
import type { AdminOrganization, GrantedCredit } from '#shared/contracts/administration'
import { usePages } from '../../api/use-pages.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { listOrganizations } from './admin-calls.ts'
import { GrantDialog } from './grant-dialog.tsx'
import { SearchBox } from './search-box.tsx'

export function Organizations() {
  const t = useTranslate()
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState<AdminOrganization | null>(null)
  const pages = usePages({
    key: `organizations-${q}`,
    load: (place) => listOrganizations({ q, ...place }),
    idOf: ({ id }) => id,
  })

  const onGranted = (organization: AdminOrganization, { balance_micros }: GrantedCredit) => {
    const held = organization.held_micros ?? 0
    const richer = { ...organization, balance_micros, available_micros: balance_micros - held }
    pages.replace((organizations) => organizations.map((each) => (each.id === organization.id ? richer : each)))
    setChosen(null)
  }
  return (
    <div class="stack">
      <SearchBox label={t('admin.search-organizations')} onSearch={setQ} />
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={6} />
        ))}
      {pages.items?.length === 0 && <EmptyState compact icon="organization" title={t('admin.no-organizations')} />}
      {pages.items && pages.items.length > 0 && (
        <>
          <OrganizationTable organizations={pages.items} onGrant={setChosen} />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
      <GrantDialog organization={chosen} onClose={() => setChosen(null)} onGranted={onGranted} />
    </div>
  )
}

function OrganizationTable({
  organizations,
  onGrant,
}: {
  organizations: AdminOrganization[]
  onGrant: (organization: AdminOrganization) => void
}) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('admin.tab-organizations')}
      rows={organizations}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          heading: t('admin.organization'),
          title: true,
          cell: ({ name, personal }) => (
            <span class="cluster">
              <bdi>{name}</bdi>
              {personal && <Badge>{t('admin.personal')}</Badge>}
            </span>
          ),
        },
        {
          name: 'members',
          heading: t('admin.members'),
          numeric: true,
          cell: ({ members }) => formatNumber(locale, members),
        },
        {
          name: 'balance',
          heading: t('admin.balance'),
          numeric: true,
          cell: ({ balance_micros }) =>
            balance_micros === null ? (
              <span class="muted">{t('admin.balance-unavailable')}</span>
            ) : (
              <Money micros={balance_micros} />
            ),
        },
        {
          name: 'created',
          heading: t('admin.created'),
          cell: ({ created_at }) => formatTime(locale, created_at, 'date'),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (organization) => (
            <Button
              size="sm"
              icon="plus"
              aria-label={t('admin.grant-to', { name: organization.name })}
              onClick={() => onGrant(organization)}
            >
              {t('admin.grant')}
            </Button>
          ),
        },
      ]}
    />
  )
}
