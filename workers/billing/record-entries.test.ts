import { asc, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { expect, test } from 'vitest'
import { ledgerEntries } from '#db/schema/billing'
import { createTestDatabase } from '#db/testing'
import type { PublishedEntries, PublishedEntry } from '#shared/contracts/ledger'
import { createLogger, silentLogger } from '#shared/http/log'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { sampleAdmission, sampleSettlement } from '#shared/metering/ledger-samples'
import { recordEntries } from './record-entries.ts'
import { createBook, type Book } from './repository.ts'

function createBatch(bodies: unknown[], attempts = 1) {
  const outcomes: (string | undefined)[] = bodies.map(() => undefined)
  const messages = bodies.map((body, at) => ({
    id: `message-${at}`,
    body,
    attempts,
    timestamp: new Date(0),
    ack: () => void (outcomes[at] = 'ack'),
    retry: (options?: { delaySeconds?: number }) => void (outcomes[at] = `retry in ${options?.delaySeconds}`),
  }))
  return { batch: { queue: 'riwaq-ledger-entries', messages } as unknown as MessageBatch<unknown>, outcomes }
}

async function createWorld() {
  const ledger = createInMemoryLedger({ organizationId: 'org_1', balanceMicros: 1_000 })
  await ledger.admit(sampleAdmission())
  await ledger.settle(sampleSettlement({ estimated: true }))
  const database = createTestDatabase()
  const rows = (organizationId = 'org_1') =>
    drizzle(database)
      .select()
      .from(ledgerEntries)
      .where(eq(ledgerEntries.organizationId, organizationId))
      .orderBy(asc(ledgerEntries.sequence))
  const unsaid = { costMicros: null, planId: null }
  return {
    entries: ledger.published().map((entry): PublishedEntry => ({ ...unsaid, ...entry })),
    book: createBook(database),
    rows,
  }
}

/** As the ledger sends them: the organization once, then its entries. */
const messageOf = (entries: PublishedEntry[]): PublishedEntries => ({
  organizationId: entries[0]!.organizationId,
  entries: entries.map(({ organizationId: _organization, ...entry }) => entry),
})

test('entries are in the book as the ledger wrote them', async () => {
  const { entries, book, rows } = await createWorld()
  const { batch, outcomes } = createBatch([messageOf(entries)])
  await recordEntries(batch, { book, logger: silentLogger })
  expect(await rows()).toEqual(entries)
  expect(outcomes).toEqual(['ack'])
})

test('a message of one entry, as an older ledger sent it, is read as well', async () => {
  const { entries, book, rows } = await createWorld()
  const { batch, outcomes } = createBatch(entries)
  await recordEntries(batch, { book, logger: silentLogger })
  expect(await rows()).toEqual(entries)
  expect(outcomes).toEqual(['ack', 'ack'])
})

test('a thousand entries are written in a few statements', async () => {
  const { entries, book, rows } = await createWorld()
  const many = Array.from({ length: 1_000 }, (_, at) => ({ ...entries[1]!, id: `ent_${at}`, sequence: at + 1 }))
  await recordEntries(createBatch([messageOf(many), messageOf(many)]).batch, { book, logger: silentLogger })
  expect(await rows()).toEqual(many)
})

test('an entry that comes again, in whatever order, is in the book once', async () => {
  const { entries, book, rows } = await createWorld()
  for (const bodies of [entries.toReversed(), [messageOf(entries), ...entries, messageOf(entries)], entries]) {
    await recordEntries(createBatch(bodies).batch, { book, logger: silentLogger })
  }
  expect(await rows()).toEqual(entries)
})

test('two organizations may have the same sequence', async () => {
  const { entries, book, rows } = await createWorld()
  const theirs = entries.map((entry): PublishedEntry => ({ ...entry, id: `${entry.id}x`, organizationId: 'org_2' }))
  await recordEntries(createBatch([...entries, ...theirs]).batch, { book, logger: silentLogger })
  expect(await rows('org_2')).toEqual(theirs)
})

test('a message that is none is put aside and named, without what it said, and holds up nobody', async () => {
  const { entries, book, rows } = await createWorld()
  const lines: string[] = []
  const { batch, outcomes } = createBatch([
    { ...entries[0], amountMicros: 'a secret' },
    null,
    { organizationId: 'org_1', entries: [entries[0], { ...entries[1], at: 'a secret' }] },
    messageOf(entries),
  ])
  await recordEntries(batch, { book, logger: createLogger({}, (_level, line) => void lines.push(line)) })
  expect(outcomes).toEqual(['ack', 'ack', 'ack', 'ack'])
  expect(await rows()).toHaveLength(2)
  expect(lines).toHaveLength(3)
  expect(lines.join()).toContain('"field":"amountMicros"')
  expect(lines.join()).toContain('"field":"at"')
  expect(lines.join()).not.toContain('a secret')
})

test('while the database is away every entry comes back, later each time', async () => {
  const { entries } = await createWorld()
  const book: Book = { record: () => Promise.reject(new Error('D1 is away')) }
  const { batch, outcomes } = createBatch([messageOf(entries), 'unreadable'], 3)
  await recordEntries(batch, { book, logger: silentLogger })
  expect(outcomes).toEqual(['retry in 15', 'retry in 15'])
})

test('what the provider took and which plan it was are in the book; an older message says neither', async () => {
  const { entries, book, rows } = await createWorld()
  const [grant, charge] = entries as [PublishedEntry, PublishedEntry]
  const { costMicros: _cost, planId: _plan, ...older } = grant
  const { batch } = createBatch([older, { ...charge, costMicros: 41, planId: 'pro' }])
  await recordEntries(batch, { book, logger: silentLogger })
  expect(await rows()).toMatchObject([
    { costMicros: null, planId: null },
    { costMicros: 41, planId: 'pro' },
  ])
})

test('what follows from entries is done when the book has them, and a batch comes again where it could not be', async () => {
  const { entries, book, rows } = await createWorld()
  const told: unknown[] = []
  const first = createBatch([messageOf(entries), 'unreadable'])
  await recordEntries(first.batch, {
    book,
    logger: silentLogger,
    afterEntries: async (readable) => void told.push(readable, (await rows()).length),
  })
  expect(told).toEqual([entries, 2])
  expect(first.outcomes).toEqual(['ack', 'ack'])
  const second = createBatch([messageOf(entries)])
  const afterEntries = () => Promise.reject(new Error('away'))
  await recordEntries(second.batch, { book, logger: silentLogger, afterEntries })
  expect(second.outcomes).toEqual(['retry in 5'])
  const none = createBatch(['unreadable'])
  await recordEntries(none.batch, { book, logger: silentLogger, afterEntries })
  expect(none.outcomes, 'nothing follows from nothing').toEqual(['ack'])
})

test('an empty batch is no work', async () => {
  const { book, rows } = await createWorld()
  await recordEntries(createBatch([]).batch, { book, logger: silentLogger })
  expect(await rows()).toEqual([])
})
