import { account, may } from '../../api/account.ts'
import { formatDuration } from '../../i18n/format-duration.ts'
import { formatMoney, formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import type { BadgeProps } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { isEnded, keyStatus } from './key-status.ts'
import type { KeyStatus } from './key-status.ts'
import type { ApiKey } from '#shared/contracts/keys'

interface KeyTableProps {
  keys: ApiKey[]
  now: number
  ownerOf: (key: ApiKey) => string
  onEdit: (key: ApiKey) => void
  onRevoke: (key: ApiKey) => void
}

const tones: Record<KeyStatus, BadgeProps['tone']> = {
  active: 'success',
  'expires-soon': 'warning',
  spent: 'warning',
  expired: 'neutral',
  revoked: 'neutral',
}

export function KeyTable({ keys, now, ownerOf, onEdit, onRevoke }: KeyTableProps) {
  const t = useTranslate()
  const locale = useLocale()
  const columns: Column<ApiKey>[] = [
    {
      name: 'name',
      heading: t('keys.name'),
      title: true,
      cell: (key) => (
        <KeyName
          apiKey={key}
          owner={may('keys.manage-all') && key.user_id !== account.value?.user.id ? ownerOf(key) : null}
        />
      ),
    },
    {
      name: 'status',
      heading: t('keys.status'),
      cell: (key) => <Badge tone={tones[keyStatus(key, now)]}>{t(`keys.status-${keyStatus(key, now)}`)}</Badge>,
    },
    { name: 'scopes', heading: t('keys.scopes'), cell: (key) => <KeyAbilities apiKey={key} /> },
    { name: 'budget', heading: t('keys.budget'), cell: (key) => <KeyBudget apiKey={key} /> },
    {
      name: 'used',
      heading: t('keys.last-used'),
      cell: (key) =>
        key.last_used_at === null ? (
          <span class="muted">{t('keys.never-used')}</span>
        ) : (
          <RelativeTime at={key.last_used_at} />
        ),
    },
    {
      name: 'expires',
      heading: t('keys.expires'),
      // The last day on which it works, not the midnight after it.
      cell: (key) =>
        key.expires_at === null ? (
          <span class="muted">{t('keys.never')}</span>
        ) : (
          <span class="numeric">{formatTime(locale, key.expires_at - 1, 'date')}</span>
        ),
    },
    {
      name: 'actions',
      heading: t('keys.actions'),
      headingHidden: true,
      cell: (key) =>
        key.revoked_at === null && (
          <>
            <Button
              size="sm"
              variant="ghost"
              icon="edit"
              aria-label={t('keys.edit-named', { name: key.name })}
              onClick={() => onEdit(key)}
            >
              {t('keys.edit')}
            </Button>
            <Button
              size="sm"
              variant="ghost"
              icon="trash"
              aria-label={t('keys.revoke-named', { name: key.name })}
              onClick={() => onRevoke(key)}
            >
              {t('keys.revoke')}
            </Button>
          </>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('keys.title')}
      columns={columns}
      rows={keys}
      idOf={({ id }) => id}
      isFaded={(key) => isEnded(keyStatus(key, now))}
    />
  )
}

function KeyName({ apiKey, owner }: { apiKey: ApiKey; owner: string | null }) {
  const t = useTranslate()
  return (
    <span class="keys-name">
      <span>
        <bdi>{apiKey.name}</bdi>
      </span>
      <span class="keys-facts">
        <code title={t('keys.hint')}>…{apiKey.hint}</code>
        {owner && <bdi>{owner}</bdi>}
      </span>
    </span>
  )
}

function KeyAbilities({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslate()
  return (
    <span class="keys-abilities">
      <span class="keys-scopes">
        {apiKey.scopes.map((scope) => (
          <code key={scope} title={t(`keys.scope-${scope}`)}>
            {scope}
          </code>
        ))}
      </span>
      <KeyFacts apiKey={apiKey} />
    </span>
  )
}

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslate()
  const locale = useLocale()
  const { models, rate_limit_rpm, rate_limit_tpm, parallel_requests, cache_seconds } = apiKey
  const facts = [
    rate_limit_rpm !== null && t('keys.rate-value', { count: rate_limit_rpm }),
    rate_limit_tpm !== null && t('keys.tokens-value', { amount: formatNumber(locale, rate_limit_tpm) }),
    parallel_requests !== null && t('keys.parallel-value', { amount: formatNumber(locale, parallel_requests) }),
    cache_seconds !== null && t('keys.cache-value', { time: formatDuration(locale, cache_seconds) }),
  ].filter((fact) => fact !== false)
  if (!models && facts.length === 0) return null
  return (
    <span class="keys-facts">
      {models && <span title={models.join('\n')}>{t('keys.models-count', { count: models.length })}</span>}
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </span>
  )
}

function KeyBudget({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslate()
  const locale = useLocale()
  const spent = formatMoney(locale, apiKey.spent_micros, 'short')
  if (apiKey.budget_micros === null) {
    return (
      <span class="keys-budget">
        <span class="muted">{t('keys.no-budget')}</span>
        <span class="keys-facts">{t('keys.spent-so-far', { spent })}</span>
      </span>
    )
  }
  const label = t('keys.budget-used', {
    spent,
    limit: formatMoney(locale, apiKey.budget_micros, 'short'),
    period: t(`keys.period-${apiKey.budget_period ?? 'forever'}`),
  })
  return (
    <span class="keys-budget">
      <span>{label}</span>
      <Meter value={apiKey.spent_micros} limit={apiKey.budget_micros} label={label} />
    </span>
  )
}
