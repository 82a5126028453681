import type { UsageEntry } from '#shared/contracts/usage'
import { expect, test } from 'vitest'
import { translator } from '../../i18n/translate.ts'
import { entriesToCsv, entriesToJson, readEntries } from './export-entries.ts'
import { DAY } from './period.ts'

const entry = (id: string, at: number, change: Partial<UsageEntry> = {}): UsageEntry => ({
  id,
  at,
  kind: 'charge',
  amount_micros: -186,
  request_id: `req_${id}`,
  service: 'chat',
  model: 'riwaq/sandbox-guide',
  provider: 'riwaq',
  key_id: null,
  user_id: 'user_1',
  usage: { input_tokens: 1_234 },
  price: { input_tokens: 150_000, output_tokens: 600_000 },
  estimated: false,
  note: null,
  ...change,
})

const book = [entry('d', 4 * DAY), entry('c', 3 * DAY), entry('b', 2 * DAY), entry('a', DAY)]

const pager = (size: number) => {
  const asked: (string | null)[] = []
  const readPage = async (cursor: string | null) => {
    asked.push(cursor)
    const start = Number(cursor ?? 0)
    const next = start + size < book.length ? String(start + size) : null
    return { data: book.slice(start, start + size), next_cursor: next }
  }
  return { asked, readPage }
}

test('an export holds the whole period over all its pages, and reads no further', async () => {
  const { asked, readPage } = pager(1)
  const seen: number[] = []
  const entries = await readEntries({
    range: { from: 3 * DAY, to: 4 * DAY },
    readPage,
    onProgress: (count) => seen.push(count),
  })
  expect(entries.map(({ id }) => id)).toEqual(['c'])
  expect(asked).toEqual([null, '1', '2'])
  expect(seen).toEqual([0, 1, 1])
})

test('an entry that moved between two pages is exported once', async () => {
  const pages = [
    { data: [book[0]!, book[1]!], next_cursor: 'x' },
    { data: [book[1]!, book[2]!], next_cursor: null },
  ]
  const entries = await readEntries({
    range: { from: 0, to: 9 * DAY },
    readPage: async () => pages.shift()!,
    onProgress: () => {},
  })
  expect(entries.map(({ id }) => id)).toEqual(['d', 'c', 'b'])
})

test('an Arabic file has Arabic headings and plain Latin numbers', () => {
  const csv = entriesToCsv([entry('a', Date.UTC(2026, 0, 2), { note: '=SUM(A1)' })], translator('ar'))
  const [headings = '', row = ''] = csv.slice(1).split('\r\n')
  expect(headings.split(',').slice(0, 4)).toEqual(['معرّف القيد', 'الوقت (عالمي)', 'النوع', 'المبلغ (دولار أمريكي)'])
  expect(row).toContain('2026-01-02T00:00:00.000Z,charge,-0.000186,-186,req_a')
  expect(row.endsWith("false,'=SUM(A1)")).toBe(true)
  expect(csv).not.toMatch(/[\u061c\u200e\u200f\u0660-\u0669]/)
})

test('every row has as many cells as there are headings', () => {
  const [headings = '', row = ''] = entriesToCsv([entry('a', 0)], translator('en'))
    .slice(1)
    .split('\r\n')
  expect(row.split(',')).toHaveLength(headings.split(',').length)
})

test('a JSON file is what the API answers', () => {
  expect(JSON.parse(entriesToJson([book[0]!]))).toEqual({ data: [book[0]] })
})
