import type { RequestLogEntry } from '#shared/contracts/requests'
import { formatCompact, formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { tokensOf, toneOf } from './request-words.ts'

interface RequestTableProps {
  requests: RequestLogEntry[]
  whoOf: (request: RequestLogEntry) => string
  onOpen: (id: string) => void
}

export function RequestTable({ requests, whoOf, onOpen }: RequestTableProps) {
  const t = useTranslate()
  const columns: Column<RequestLogEntry>[] = [
    {
      name: 'when',
      heading: t('requests.when'),
      title: true,
      cell: (request) => <When {...request} who={whoOf(request)} />,
    },
    { name: 'model', heading: t('requests.model'), cell: (request) => <Model {...request} /> },
    { name: 'status', heading: t('requests.status'), cell: (request) => <Status {...request} /> },
    { name: 'tokens', heading: t('requests.tokens'), numeric: true, cell: (request) => <Tokens {...request} /> },
    {
      name: 'cost',
      heading: t('requests.cost'),
      numeric: true,
      cell: ({ cost_micros: micros }) => <Money micros={micros} style="short" />,
    },
    {
      name: 'latency',
      heading: t('requests.duration'),
      numeric: true,
      cell: ({ total_ms: ms }) => <Duration ms={ms} />,
    },
    {
      name: 'actions',
      heading: t('requests.actions'),
      headingHidden: true,
      cell: ({ id }) => (
        <Button
          size="sm"
          variant="ghost"
          icon="list"
          aria-label={t('requests.details-named', { id })}
          onClick={() => onOpen(id)}
        >
          {t('requests.details')}
        </Button>
      ),
    },
  ]
  return <DataTable caption={t('requests.title')} columns={columns} rows={requests} idOf={({ id }) => id} />
}

function When({ created_at: at, who }: RequestLogEntry & { who: string }) {
  const locale = useLocale()
  return (
    <span class="requests-lines">
      <time dateTime={at}>{formatTime(locale, Date.parse(at))}</time>
      <span class="requests-quiet">
        <bdi>{who}</bdi>
      </span>
    </span>
  )
}

function Model({ requested_model: asked, model }: RequestLogEntry) {
  const t = useTranslate()
  return (
    <span class="requests-lines">
      <bdi dir="ltr" class="requests-name">
        {model ?? asked}
      </bdi>
      {model !== null && model !== asked && (
        <span class="requests-quiet">
          {t('requests.asked')} <bdi dir="ltr">{asked}</bdi>
        </span>
      )}
    </span>
  )
}

function Status(request: RequestLogEntry) {
  const t = useTranslate()
  const { status, code, ending, guardrails } = request
  const said = code ?? (ending !== null && ending !== 'complete' ? t(`requests.ending-${ending}`) : null)
  return (
    <span class="requests-lines">
      <span>
        <Badge tone={toneOf(request)}>{status}</Badge>
      </span>
      {said !== null && (
        <span class="requests-quiet">
          <bdi>{said}</bdi>
        </span>
      )}
      {guardrails.length > 0 && <span class="requests-quiet">{t('requests.guardrails')}</span>}
    </span>
  )
}

function Tokens(request: RequestLogEntry) {
  const t = useTranslate()
  const locale = useLocale()
  const tokens = tokensOf(request)
  if (!tokens) return <span aria-label={t('ui.none')}>–</span>
  const input = formatCompact(locale, tokens.input)
  return <>{t('requests.tokens-of', { input, output: formatCompact(locale, tokens.output) })}</>
}

export function Duration({ ms }: { ms: number }) {
  const locale = useLocale()
  const inSeconds = ms >= 1_000
  return (
    <bdi>
      {formatNumber(locale, inSeconds ? ms / 1_000 : ms, {
        style: 'unit',
        unit: inSeconds ? 'second' : 'millisecond',
        unitDisplay: 'narrow',
        maximumFractionDigits: 2,
      })}
    </bdi>
  )
}
