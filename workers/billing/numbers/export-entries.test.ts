import { expect, test } from 'vitest'
import { ExportQuery } from '#shared/contracts/usage'
import type { Principal } from '#shared/contracts/principal'
import { createBookPages, type PageInput } from './book-pages.ts'
import { exportEntries } from './export-entries.ts'
import { createNumbers, DAY, entryOf, NOON, planOf, user } from './testing.ts'

function createWorld() {
  const world = createNumbers()
  const read = createBookPages(world.database)
  const pages: PageInput[] = []
  const ask = (query: object = {}, principal: Principal = user('owner')) =>
    exportEntries({
      query: ExportQuery.parse(query),
      pages: (input) => (pages.push(input), read(input)),
      ctx: world.contextFor(principal),
    })
  return { ...world, ask, pages }
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const linesOf = async (response: Response) => new TextDecoder().decode(await bytesOf(response)).split('\r\n')

test('a spreadsheet is told its alphabet, its columns, and each entry in the order of time', async () => {
  const { ask, record } = createWorld()
  await record([
    entryOf({ id: 'ent_b', amountMicros: -1_234_567 }),
    entryOf({
      id: 'ent_a',
      at: NOON - DAY,
      kind: 'grant',
      amountMicros: 5_000_000,
      usage: null,
      note: 'هدية، «ترحيب»',
    }),
  ])
  const response = await ask()
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="riwaq-usage-2026-06-14-2026-06-15.csv"',
  )
  expect((await bytesOf(await ask())).slice(0, 3), 'the mark that Excel reads Arabic by').toEqual(
    new Uint8Array([0xef, 0xbb, 0xbf]),
  )
  const [head, first, second, end] = await linesOf(response)
  expect(head).toMatch(/^id,at,kind,amount,amount_micros,request_id,.*,input_tokens,input_tokens_price,/)
  expect(first).toContain('ent_a,2026-06-14T12:00:00.000Z,grant,5.000000,5000000,')
  expect(first).toContain('هدية، «ترحيب»')
  expect(second).toContain('ent_b,2026-06-15T12:00:00.000Z,charge,-1.234567,-1234567,')
  expect(end).toBe('')
})

test('headings come in the reader’s language where one is named', async () => {
  const { ask } = createWorld()
  expect((await linesOf(await ask({ locale: 'ar' })))[0]).toContain(
    'معرّف القيد,الوقت (عالمي),النوع,المبلغ (دولار أمريكي)',
  )
  expect((await linesOf(await ask({ locale: 'en' })))[0]).toContain('Entry id,Time (UTC),Kind,Amount (US dollars)')
})

test('whatever a model, a service or a note is called, no cell is a formula', async () => {
  const { ask, record } = createWorld()
  const formula = '=HYPERLINK("http://evil","x")'
  await record([entryOf({ model: formula, service: '@SUM(A1)', note: '\t=1+1', keyId: '+1', userId: '-2+3' })])
  const [, line] = await linesOf(await ask())
  expect(line).not.toMatch(/(^|,)"?[\t]?[=+@]/)
  expect(line).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`)
  expect(line).toContain("'-2+3")
})

test('JSON has the shape of the API, and says nothing of what a call cost the operator', async () => {
  const { ask, record } = createWorld()
  await record([entryOf({ id: 'ent_a' }), entryOf({ id: 'ent_b' })])
  const response = await ask({ format: 'json' })
  expect(response.headers.get('content-type')).toBe('application/json')
  const text = await response.text()
  const { data, next_cursor: next } = JSON.parse(text) as { data: Record<string, unknown>[]; next_cursor: null }
  expect(data.map(({ id }) => id)).toEqual(['ent_a', 'ent_b'])
  expect(data[0]).toMatchObject({ amount_micros: -100, usage: { input_tokens: 10 }, estimated: false })
  expect(next).toBeNull()
  for (const word of ['cost', 'plan', 'organization']) expect(text).not.toContain(word)
  expect(await (await ask({ format: 'json', from: '2020-01-01', to: '2020-01-02' })).json()).toEqual({
    data: [],
    next_cursor: null,
  })
})

test('however many entries there are, each comes once, and the next page is read when the last was taken', async () => {
  const { ask, record, pages } = createWorld()
  // Many of one millisecond, so that pages end among them.
  const many = Array.from({ length: 1_700 }, (_, at) => entryOf({ id: `ent_x${at}`, at: NOON - (at % 3) }))
  await record(many)
  const response = await ask({ format: 'json' })
  const reader = response.body!.getReader()
  const pieces: Uint8Array[] = []
  expect(pages).toHaveLength(1)
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value)
    expect(pages.length - pieces.length).toBeLessThanOrEqual(1)
  }
  const text = new TextDecoder().decode(await bytesOf(new Response(new Blob(pieces as Uint8Array<ArrayBuffer>[]))))
  const ids = (JSON.parse(text) as { data: { id: string }[] }).data.map(({ id }) => id)
  expect(ids).toHaveLength(1_700)
  expect(new Set(ids)).toEqual(new Set(many.map(({ id }) => id)))
  expect(pages).toHaveLength(4)
})

test('a reader who goes away reads no further page', async () => {
  const { ask, record, pages } = createWorld()
  await record(Array.from({ length: 1_200 }, () => entryOf()))
  const reader = (await ask()).body!.getReader()
  await reader.read()
  await reader.cancel()
  expect(pages.length).toBeLessThanOrEqual(2)
})

test('a book that is away at once is a problem; later, the stream breaks off and is no whole file', async () => {
  const world = createWorld()
  await world.record(Array.from({ length: 501 }, () => entryOf()))
  const ctx = world.contextFor(user('owner'))
  const query = ExportQuery.parse({ format: 'json' })
  const read = createBookPages(world.database)
  const gone = () => Promise.reject(new Error('D1 is away'))
  await expect(exportEntries({ query, pages: gone, ctx })).rejects.toMatchObject({ code: 'service_unavailable' })
  const pages = (input: PageInput) => (input.after ? gone() : read(input))
  await expect((await exportEntries({ query, pages, ctx })).text()).rejects.toThrow()
})

test('a range is kept to the millisecond, a member gets their own, and nobody another organization’s', async () => {
  const { ask, record } = createWorld()
  await record([
    entryOf({ id: 'ent_before', at: NOON - 1 }),
    entryOf({ id: 'ent_first', at: NOON }),
    entryOf({ id: 'ent_other', at: NOON, userId: 'usr_2' }),
    entryOf({ id: 'ent_theirs', at: NOON, organizationId: 'org_2' }),
    entryOf({ id: 'ent_after', at: NOON + 5 }),
  ])
  const range = { format: 'json', from: String(NOON), to: String(NOON + 5) }
  const ids = async (principal?: Principal) =>
    ((await (await ask(range, principal)).json()) as { data: { id: string }[] }).data.map(({ id }) => id)
  expect(await ids()).toEqual(['ent_first', 'ent_other'])
  expect(await ids(user('member', 'usr_2'))).toEqual(['ent_other'])
  await expect(ask({}, { kind: 'anonymous' })).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(ExportQuery.safeParse({ format: 'xlsx' }).success).toBe(false)
  await expect(ask({ from: String(NOON + 10) })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a page is read from the index of times', async () => {
  const { database } = createWorld()
  const plan = await planOf(
    database,
    'SELECT * FROM ledger_entries WHERE organization_id = ? AND at >= ? AND at < ? AND (at > ? OR sequence > ?) ORDER BY at, sequence LIMIT ?',
    'org_1',
    1,
    2,
    0,
    0,
    500,
  )
  expect(plan[0]).toMatch(
    /SEARCH ledger_entries USING INDEX ledger_entries_by_time \(organization_id=\? AND at>\? AND at<\?\)/,
  )
  expect(plan.join()).not.toContain('SCAN')
})
