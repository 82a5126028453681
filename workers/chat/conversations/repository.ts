// The index of conversations in D1: what a list shows and a search finds. Owner and organization are part of
// every query; the messages themselves are in the objects.
import { and, desc, eq, gt, lt, or, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { conversations } from '#db/schema/chat'
import type { Owner } from '#shared/contracts/conversation-object'
import { notFound } from '#shared/http/problems'
import { foldArabic } from '#shared/lib/fold-arabic'

export type ConversationEntry = typeof conversations.$inferSelect

export interface ListInput {
  owner: Owner
  limit: number
  /** Words of the title, however they are spelt. */
  search?: string
  /** The last conversation of the page before. */
  after?: { updatedAt: number; id: string }
}

type Change = Partial<
  Pick<ConversationEntry, 'title' | 'model' | 'language' | 'runningUntil' | 'updatedAt' | 'deleted'>
>

const ownedBy = ({ organizationId, userId }: Owner): SQL =>
  and(eq(conversations.organizationId, organizationId), eq(conversations.userId, userId))!

/** `instr` and not LIKE, whose patterns D1 limits to 50 bytes. */
const mentions = (search: string): SQL[] =>
  foldArabic(search)
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => sql`instr(${conversations.titleSearch}, ${word}) > 0`)

export type ConversationIndex = ReturnType<typeof createConversationIndex>

export function createConversationIndex(database: D1Database) {
  const db = drizzle(database)
  const one = (owner: Owner, id: string): SQL => and(ownedBy(owner), eq(conversations.id, id))!

  async function add({
    owner,
    id,
    title,
    model,
    at,
  }: {
    owner: Owner
    id: string
    title: string
    model: string | null
    at: number
  }): Promise<void> {
    await db
      .insert(conversations)
      .values({ id, ...owner, title, titleSearch: foldArabic(title), model, createdAt: at, updatedAt: at })
      .onConflictDoNothing()
  }

  /** `withDeleted`: also one that is gone for its owner but not erased yet. */
  async function getConversationOf({
    owner,
    id,
    withDeleted = false,
  }: {
    owner: Owner
    id: string
    withDeleted?: boolean
  }): Promise<ConversationEntry> {
    const [found] = await db.select().from(conversations).where(one(owner, id)).limit(1)
    if (!found || (found.deleted && !withDeleted)) throw notFound('conversation')
    return found
  }

  function list({ owner, limit, search, after }: ListInput): Promise<ConversationEntry[]> {
    const older =
      after &&
      or(
        lt(conversations.updatedAt, after.updatedAt),
        and(eq(conversations.updatedAt, after.updatedAt), lt(conversations.id, after.id)),
      )
    return db
      .select()
      .from(conversations)
      .where(and(ownedBy(owner), eq(conversations.deleted, false), older, ...(search ? mentions(search) : [])))
      .orderBy(desc(conversations.updatedAt), desc(conversations.id))
      .limit(limit)
  }

  /** In the order of their ids, for whoever goes through all of them while others change. */
  const listAfter = ({
    owner,
    after,
    limit,
  }: {
    owner: Owner
    after: string
    limit: number
  }): Promise<ConversationEntry[]> =>
    db
      .select()
      .from(conversations)
      .where(and(ownedBy(owner), eq(conversations.deleted, false), gt(conversations.id, after)))
      .orderBy(conversations.id)
      .limit(limit)

  async function change({ owner, id, ...values }: { owner: Owner; id: string } & Change): Promise<void> {
    const titleSearch = values.title === undefined ? {} : { titleSearch: foldArabic(values.title) }
    await db
      .update(conversations)
      .set({ ...values, ...titleSearch })
      .where(one(owner, id))
  }

  async function remove({ owner, id }: { owner: Owner; id: string }): Promise<void> {
    await db.delete(conversations).where(one(owner, id))
  }

  /** For erasure: some of what a member has here, or everything that belongs to an organization. */
  const listForErasure = ({
    organizationId,
    userId,
    limit,
  }: {
    organizationId?: string
    userId?: string
    limit: number
  }): Promise<ConversationEntry[]> =>
    organizationId === undefined && userId === undefined
      ? Promise.resolve([])
      : db
          .select()
          .from(conversations)
          .where(
            and(
              organizationId === undefined ? undefined : eq(conversations.organizationId, organizationId),
              userId === undefined ? undefined : eq(conversations.userId, userId),
            ),
          )
          .limit(limit)

  return { add, getConversationOf, list, listAfter, change, remove, listForErasure }
}
