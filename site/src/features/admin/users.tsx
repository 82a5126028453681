import { useState } from 'preact/hooks'
import type { AdminUser } from '#shared/contracts/administration'
import { usePages } from '../../api/use-pages.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { listUsers } from './admin-calls.ts'
import { SearchBox } from './search-box.tsx'

export function Users() {
  const t = useTranslate()
  const [q, setQ] = useState('')
  const pages = usePages({ key: `users-${q}`, load: (place) => listUsers({ q, ...place }), idOf: ({ id }) => id })
  return (
    <div class="stack">
      <SearchBox label={t('admin.search-users')} onSearch={setQ} />
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={6} />
        ))}
      {pages.items?.length === 0 && <EmptyState compact icon="user" title={t('admin.no-users')} />}
      {pages.items && pages.items.length > 0 && (
        <>
          <UserTable users={pages.items} />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
    </div>
  )
}

function UserTable({ users }: { users: AdminUser[] }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('admin.tab-users')}
      rows={users}
      idOf={({ id }) => id}
      columns={[
        { name: 'name', heading: t('admin.name'), title: true, cell: ({ name }) => <bdi>{name}</bdi> },
        { name: 'email', heading: t('admin.email'), cell: ({ email }) => <bdi>{email}</bdi> },
        {
          name: 'status',
          heading: t('admin.status'),
          cell: (user) => (
            <span class="cluster">
              <Badge tone={user.email_verified ? 'success' : 'warning'}>
                {user.email_verified ? t('admin.verified') : t('admin.unverified')}
              </Badge>
              {user.two_factor_enabled && <Badge>{t('admin.two-factor')}</Badge>}
              {user.platform_admin && <Badge tone="primary">{t('admin.operator')}</Badge>}
            </span>
          ),
        },
        {
          name: 'created',
          heading: t('admin.created'),
          cell: ({ created_at }) => formatTime(locale, created_at, 'date'),
        },
      ]}
    />
  )
}
