import type { AuditEvent } from '#shared/contracts/organizations'
import { account, may } from '../../api/account.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { auditFacts, auditSentence } from './audit-facts.ts'
import { listAudit } from './member-calls.ts'

export function Audit({ organizationId }: { organizationId: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const pages = usePages({
    key: may('audit.read') ? `audit-${organizationId}` : null,
    load: listAudit,
    idOf: ({ id }) => id,
  })
  if (!may('audit.read')) return <Note>{t('members.audit-forbidden')}</Note>
  if (pages.items === null)
    return pages.problem ? (
      <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
    ) : (
      <Skeleton lines={6} />
    )
  if (pages.items.length === 0) return <EmptyState compact icon="docs" title={t('members.audit-empty')} />
  return (
    <div class="stack">
      <p class="muted small">{t('members.audit-text')}</p>
      <DataTable
        caption={t('members.tab-audit')}
        rows={pages.items}
        idOf={({ id }) => id}
        columns={[
          { name: 'event', heading: t('members.audit-event'), title: true, cell: (event) => <What event={event} /> },
          { name: 'actor', heading: t('members.audit-actor'), cell: (event) => <Who event={event} /> },
          { name: 'target', heading: t('members.audit-target'), cell: (event) => <Target event={event} /> },
          {
            name: 'time',
            heading: t('members.audit-time'),
            cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{formatTime(locale, at)}</time>,
          },
        ]}
      />
      {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
      <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
    </div>
  )
}

function What({ event }: { event: AuditEvent }) {
  const locale = useLocale()
  const facts = auditFacts(locale, event.facts)
  return (
    <span class="members-event">
      <span>{auditSentence(locale, event.action)}</span>
      {facts.length > 0 && (
        <span class="members-facts">
          {facts.map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
        </span>
      )}
    </span>
  )
}

function Who({ event }: { event: AuditEvent }) {
  const t = useTranslate()
  const name = event.actor_name ?? event.actor_user_id
  return (
    <span class="members-event">
      <span>{name ? <bdi>{name}</bdi> : t('members.audit-system')}</span>
      {event.actor_key_id && <span class="members-facts">{t('members.audit-by-key')}</span>}
    </span>
  )
}

function Target({ event }: { event: AuditEvent }) {
  const organization = account.value?.organization
  const name = event.target_name ?? (organization && event.target_id === organization.id ? organization.name : null)
  if (name) return <bdi>{name}</bdi>
  return event.target_id ? <code class="members-id">{event.target_id}</code> : <span class="muted">–</span>
}
