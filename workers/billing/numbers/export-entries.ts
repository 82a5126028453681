// The book as a file, streamed: the next page is read when the last one was taken.
import type { PublishedEntry } from '#shared/contracts/ledger'
import type { ExportQuery } from '#shared/contracts/usage'
import { invalidRequest } from '#shared/http/problems'
import { CSV_START, toCsvLine } from '#shared/lib/to-csv'
import { ask } from '../ask.ts'
import type { BillingContext } from '../context.ts'
import { usageReach } from '../usage-reach.ts'
import type { BookPages, PageInput } from './book-pages.ts'
import { dayOf } from './days.ts'
import { toEntryResponse } from './entry-response.ts'
import { cellsOf, headings } from './export-columns.ts'

const PAGE = 500

interface Format {
  type: string
  start: string
  end: string
  /** `at`: how many came before it. */
  entry: (entry: PublishedEntry, at: number) => string
}

const formats: Record<ExportQuery['format'], (query: ExportQuery) => Format> = {
  csv: ({ locale }) => ({
    type: 'text/csv; charset=utf-8',
    start: CSV_START + toCsvLine(headings(locale)),
    end: '',
    entry: (entry) => toCsvLine(cellsOf(entry)),
  }),
  // The wire's own shape, so that a program reads the file as it reads the API.
  json: () => ({
    type: 'application/json',
    start: '{"data":[',
    end: '\n],"next_cursor":null}\n',
    entry: (entry, at) => `${at === 0 ? '' : ','}\n${JSON.stringify(toEntryResponse(entry))}`,
  }),
}

interface StreamInput {
  first: PublishedEntry[]
  next: (after: PublishedEntry) => Promise<PublishedEntry[]>
  format: Format
}

/** An error on the way breaks the stream off: half a file is never taken for a whole one. */
function streamOf({ first, next, format }: StreamInput): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let page: PublishedEntry[] | null = first
  let told = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = told === 0 && page === first ? format.start : ''
        const present: PublishedEntry[] = page ?? []
        for (const entry of present) text += format.entry(entry, told++)
        const last: PublishedEntry | undefined = present.length === PAGE ? present.at(-1) : undefined
        page = last ? await next(last) : null
        if (page === null) text += format.end
        if (text !== '') controller.enqueue(encoder.encode(text))
        if (page === null) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

export async function exportEntries({
  query,
  pages,
  ctx,
}: {
  query: ExportQuery
  pages: BookPages
  ctx: BillingContext
}): Promise<Response> {
  const reach = await usageReach(ctx)
  const to = query.to ?? ctx.clock() + 1
  const from = query.from ?? 0
  if (from >= to) throw invalidRequest('from: must be before `to`', 'from')
  const format = formats[query.format](query)
  const read = (after: PageInput['after']) => pages({ ...reach, from, to, after, limit: PAGE })
  // Before the answer begins: what cannot be read at all is a problem, not a broken file.
  const first = await ask('The book', () => read(null))
  const name = `riwaq-usage-${dayOf(query.from ?? first[0]?.at ?? to - 1)}-${dayOf(to - 1)}.${query.format}`
  return new Response(streamOf({ first, next: ({ at, sequence }) => read({ at, sequence }), format }), {
    headers: {
      'content-type': format.type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
