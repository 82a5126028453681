// Entries as a file. All pages are read in the browser, newest first, until the period is left behind.
import type { UsageEntry } from '#shared/contracts/usage'
import { microsToDecimal } from '../../i18n/format-number.ts'
import type { Page } from '../../api/pages-state.ts'
import type { Key } from '../../i18n/locales.ts'
import type { Translate } from '../../i18n/translate.ts'
import { units } from '#shared/lib/money'
import type { Unit } from '#shared/lib/money'
import type { Range } from './period.ts'
import { toCsv } from '#shared/lib/to-csv'
import type { Cell } from '#shared/lib/to-csv'

interface ReadInput {
  range: Range
  readPage: (cursor: string | null) => Promise<Page<UsageEntry>>
  onProgress: (count: number) => void
}

export async function readEntries({ range, readPage, onProgress }: ReadInput): Promise<UsageEntry[]> {
  const entries: UsageEntry[] = []
  const known = new Set<string>()
  let cursor: string | null = null
  do {
    const page: Page<UsageEntry> = await readPage(cursor)
    for (const entry of page.data) {
      if (entry.at < range.from || entry.at >= range.to || known.has(entry.id)) continue
      known.add(entry.id)
      entries.push(entry)
    }
    onProgress(entries.length)
    const oldest = page.data.at(-1)
    cursor = oldest && oldest.at >= range.from ? page.next_cursor : null
  } while (cursor !== null)
  return entries
}

export const unitSentence = (unit: Unit): Key => `usage.unit-${unit.replaceAll('_', '-')}` as Key

type CsvColumn = [heading: string, cell: (entry: UsageEntry) => Cell]

function csvColumns(t: Translate): CsvColumn[] {
  const unitColumns = units.flatMap((unit): CsvColumn[] => [
    [t(unitSentence(unit)), (entry) => entry.usage?.[unit] ?? null],
    [
      t('usage.csv-price-of', { unit: t(unitSentence(unit)) }),
      (entry) => (entry.usage?.[unit] ? (entry.price?.[unit] ?? null) : null),
    ],
  ])
  return [
    [t('usage.entry-id'), (entry) => entry.id],
    [t('usage.csv-time'), (entry) => new Date(entry.at).toISOString()],
    [t('usage.kind'), (entry) => entry.kind],
    [t('usage.csv-amount'), (entry) => microsToDecimal(entry.amount_micros)],
    [t('usage.csv-amount-micros'), (entry) => entry.amount_micros],
    [t('usage.request-id'), (entry) => entry.request_id],
    [t('usage.service'), (entry) => entry.service],
    [t('usage.model'), (entry) => entry.model],
    [t('usage.provider'), (entry) => entry.provider],
    [t('usage.key'), (entry) => entry.key_id],
    [t('usage.member'), (entry) => entry.user_id],
    ...unitColumns,
    [t('usage.estimated'), (entry) => entry.estimated],
    [t('usage.note'), (entry) => entry.note],
  ]
}

export function entriesToCsv(entries: UsageEntry[], t: Translate): string {
  const columns = csvColumns(t)
  return toCsv(
    columns.map(([heading]) => heading),
    entries.map((entry) => columns.map(([, cell]) => cell(entry))),
  )
}

/** The wire's own shape, so that a program reads the file as it reads the API. */
export const entriesToJson = (entries: UsageEntry[]): string => `${JSON.stringify({ data: entries }, null, 2)}\n`
