import { useEffect, useState } from 'preact/hooks'
import type { RequestLogEntry } from '#shared/contracts/requests'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { useKeyNames } from '../../api/key-names.ts'
import { useMemberNames } from '../../api/member-names.ts'
import { usePages } from '../../api/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { NoRequests } from './no-requests.tsx'
import { listRequests } from './request-calls.ts'
import { RequestDetail } from './request-detail.tsx'
import { RequestFilterBar } from './request-filter-bar.tsx'
import { isFiltered, noFilters, toQuery } from './request-filters.ts'
import { RequestTable } from './request-table.tsx'
import './requests.css'

function Requests() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const known = account.value
  const allowed = known === null || may('requests.read')
  return (
    <div class="stack requests">
      <header class="page-head">
        <div>
          <h1>{t('requests.title')}</h1>
          <p>{t('requests.intro')}</p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {known && !allowed ? (
        <Note>{t('requests.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
      ) : (
        <RequestLog organizationId={known?.organization.id ?? null} />
      )}
    </div>
  )
}

function RequestLog({ organizationId }: { organizationId: string | null }) {
  const t = useTranslate()
  const [filters, setFilters] = useState(noFilters)
  const [opened, setOpened] = useState<string | null>(null)
  const members = useMemberNames(true)
  const keys = useKeyNames(true)
  const pages = usePages({
    key: organizationId && `requests-${organizationId}-${JSON.stringify(filters)}`,
    load: (place) => listRequests(toQuery(filters, Date.now()), place),
    idOf: ({ id }) => id,
  })
  const { items, problem, loading, reload } = pages
  const whoOf = ({ key_id: keyId, user_id: userId }: RequestLogEntry): string =>
    (keyId !== null ? (keys.get(keyId) ?? keyId) : userId !== null ? (members.get(userId) ?? userId) : '') || '–'
  return (
    <>
      <div class="card requests-card">
        <RequestFilterBar filters={filters} onChange={setFilters} members={members} keys={keys} />
        <div class="requests-reload">
          <Button
            size="sm"
            variant="ghost"
            icon="refresh"
            onClick={reload}
            busy={loading === 'first' && items !== null}
          >
            {t('requests.reload')}
          </Button>
        </div>
        {items === null &&
          (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={8} />)}
        {items?.length === 0 && (
          <NoRequests
            organizationId={organizationId}
            filtered={isFiltered(filters)}
            onClear={() => setFilters(noFilters)}
          />
        )}
        {items && items.length > 0 && (
          <>
            <RequestTable requests={items} whoOf={whoOf} onOpen={setOpened} />
            {problem && <ErrorState problem={problem} onRetry={pages.nextCursor ? pages.loadMore : reload} compact />}
            {!problem && <LoadMore cursor={pages.nextCursor} busy={loading === 'more'} onMore={pages.loadMore} />}
          </>
        )}
      </div>
      <RequestDetail
        id={opened}
        memberNames={members}
        keyNames={keys}
        onClose={() => setOpened(null)}
        onDeleted={(id) => {
          setOpened(null)
          pages.replace((all) => all.filter((each) => each.id !== id))
          toast({ text: t('requests.deleted') })
        }}
      />
    </>
  )
}

export const RequestsIsland = island(Requests)
