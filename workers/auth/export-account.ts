// Everything that accounts and ledgers hold about a person, as one JSON document. Written as it is read: a
// ledger can hold more entries than a Worker has memory for.
import { eq, or } from 'drizzle-orm'
import { accounts, auditEvents, invitations, members, organizations, sessions, users } from '#db/schema/auth'
import type { KeyState, LedgerEntry, Page } from '#shared/contracts/ledger'
import { notFound } from '#shared/http/problems'
import type { SystemContext } from './context.ts'
import { toApiKey } from './key-routes.ts'

const PAGE = 200

const toExportedEntry = (entry: LedgerEntry) => ({
  id: entry.id,
  at: entry.at,
  kind: entry.kind,
  amount_micros: entry.amountMicros,
  request_id: entry.requestId,
  service: entry.service,
  model: entry.model,
  provider: entry.provider,
  key_id: entry.keyId,
  user_id: entry.userId,
  usage: entry.usage,
  price: entry.price,
  estimated: entry.estimated,
  note: entry.note,
})

interface Asked {
  userId: string
  ctx: SystemContext
}

async function personOf({ userId, ctx }: Asked) {
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId))
  if (!user) throw notFound('account')
  const [ways, open, belongs, invited, done] = await Promise.all([
    ctx.db
      .select({ provider: accounts.providerId, createdAt: accounts.createdAt, updatedAt: accounts.updatedAt })
      .from(accounts)
      .where(eq(accounts.userId, userId)),
    ctx.db
      .select({
        id: sessions.id,
        createdAt: sessions.createdAt,
        expiresAt: sessions.expiresAt,
        ipAddress: sessions.ipAddress,
        userAgent: sessions.userAgent,
      })
      .from(sessions)
      .where(eq(sessions.userId, userId)),
    ctx.db
      .select({
        organizationId: organizations.id,
        name: organizations.name,
        role: members.role,
        joinedAt: members.createdAt,
        personalUserId: organizations.personalUserId,
      })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      .where(eq(members.userId, userId)),
    // Without their ids: an id opens its invitation, and only the mail may bring it to whoever the address belongs to.
    ctx.db
      .select({
        organizationId: invitations.organizationId,
        email: invitations.email,
        role: invitations.role,
        status: invitations.status,
        createdAt: invitations.createdAt,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .where(or(eq(invitations.email, user.email), eq(invitations.inviterId, userId))),
    ctx.db
      .select()
      .from(auditEvents)
      .where(or(eq(auditEvents.actorUserId, userId), eq(auditEvents.targetId, userId))),
  ])
  return { user, ways, sessions: open, belongs, invited, done }
}

async function* pagesOf<T>(read: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    yield* page.data
    cursor = page.nextCursor ?? undefined
  } while (cursor)
}

async function* jsonList<T>(items: AsyncIterable<T>, toWire: (item: T) => unknown): AsyncGenerator<string> {
  let comma = ''
  for await (const item of items) {
    yield `${comma}${JSON.stringify(toWire(item))}`
    comma = ','
  }
}

async function* writeExport(asked: Asked, person: Awaited<ReturnType<typeof personOf>>): AsyncGenerator<string> {
  const { userId, ctx } = asked
  const { belongs, ...rest } = person
  yield `{"exported_at":${JSON.stringify(new Date(ctx.now()).toISOString())},"person":${JSON.stringify(rest)},"organizations":[`
  let comma = ''
  for (const { personalUserId, ...membership } of belongs) {
    const ledger = ctx.ledgerOf(membership.organizationId)
    // Of an organization that is shared, only what is this person's own.
    const own = personalUserId === userId ? {} : { userId }
    yield `${comma}{"membership":${JSON.stringify(membership)},"keys":[`
    yield* jsonList(
      pagesOf<KeyState>((cursor) => ledger.keys({ limit: 100, cursor, userId })),
      toApiKey,
    )
    yield '],"entries":['
    yield* jsonList(
      pagesOf<LedgerEntry>((cursor) => ledger.entries({ limit: PAGE, cursor, ...own })),
      toExportedEntry,
    )
    yield ']}'
    comma = ','
  }
  yield ']}'
}

export async function exportAccount(asked: Asked): Promise<ReadableStream<Uint8Array>> {
  const parts = writeExport(asked, await personOf(asked))
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
