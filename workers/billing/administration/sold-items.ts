// Plans and credit packs in their versions, as an operator writes them. A version is never edited: what changes is which
// one is sold.
import { desc, eq } from 'drizzle-orm'
import { creditPacks, creditPackVersions, plans, planVersions } from '#db/schema/billing'
import { Problem } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'

export type SoldKind = 'plan' | 'credit_pack'

type Asked = { kind: SoldKind; ctx: Pick<BillingSystem, 'db'> }

const tableOf = (kind: SoldKind) => (kind === 'plan' ? plans : creditPacks)

export const listPlanVersions = ({ ctx }: Pick<Asked, 'ctx'>) =>
  ctx.db
    .select({
      planId: planVersions.planId,
      version: planVersions.version,
      createdAt: planVersions.createdAt,
      createdBy: planVersions.createdBy,
    })
    .from(planVersions)
    .orderBy(desc(planVersions.version))

export const changedMeanwhile = (present: number): Problem =>
  new Problem('conflict', 'Somebody else has changed this meanwhile. Look at it again.', {
    facts: { present_version: present },
  })

interface Write extends Asked {
  id: string
  ifVersion: number
  position: number
  body: unknown
  by: string
  at: number
}

const versionInsert = ({ kind, id, ifVersion, body, by, at, ctx }: Write) => {
  const row = { version: ifVersion + 1, body, createdAt: at, createdBy: by }
  return kind === 'plan'
    ? ctx.db.insert(planVersions).values({ ...row, planId: id })
    : ctx.db.insert(creditPackVersions).values({ ...row, packId: id })
}

const itemUpsert = ({ kind, id, ifVersion, position, ctx }: Write) => {
  const table = tableOf(kind)
  const change = { version: ifVersion + 1, position }
  return ctx.db
    .insert(table)
    .values({ id, ...change })
    .onConflictDoUpdate({ target: table.id, set: change, setWhere: eq(table.version, ifVersion) })
}

/** Two who write at once have read the same version: the rows' key lets one of them through. */
export async function writeItem(write: Write): Promise<void> {
  const { kind, id, ifVersion, ctx } = write
  try {
    await ctx.db.batch([versionInsert(write), itemUpsert(write)])
  } catch (error) {
    const table = tableOf(kind)
    const [present] = await ctx.db.select({ version: table.version }).from(table).where(eq(table.id, id)).limit(1)
    if (present && present.version !== ifVersion) throw changedMeanwhile(present.version)
    throw error
  }
}

type Named = Asked & { id: string }

export async function setPosition({ kind, id, position, ctx }: Named & { position: number }): Promise<void> {
  const table = tableOf(kind)
  await ctx.db.update(table).set({ position }).where(eq(table.id, id))
}

export async function setArchived({ kind, id, archived, ctx }: Named & { archived: boolean }): Promise<void> {
  const table = tableOf(kind)
  await ctx.db.update(table).set({ archived }).where(eq(table.id, id))
}
