// Plans and credit packs in their versions, as an operator writes them. A version is never edited: what changes is which
// one is sold.
import { sql } from 'drizzle-orm'
import { Problem } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'

const tables = {
  plan: { items: sql.raw('plans'), versions: sql.raw('plan_versions'), key: sql.raw('plan_id') },
  credit_pack: { items: sql.raw('credit_packs'), versions: sql.raw('credit_pack_versions'), key: sql.raw('pack_id') },
}

export type SoldKind = keyof typeof tables

export interface SoldVersion {
  itemId: string
  version: number
  createdAt: number
  createdBy: string | null
}

type Asked = { kind: SoldKind; ctx: Pick<BillingSystem, 'db'> }

export const listVersions = ({ kind, ctx }: Asked): Promise<SoldVersion[]> => {
  const { versions, key } = tables[kind]
  return ctx.db.all<SoldVersion>(
    sql`SELECT ${key} AS itemId, version, created_at AS createdAt, created_by AS createdBy FROM ${versions}
        ORDER BY version DESC`,
  )
}

async function versionOf({ kind, id, ctx }: Asked & { id: string }): Promise<number> {
  const [row] = await ctx.db.all<{ version: number }>(sql`SELECT version FROM ${tables[kind].items} WHERE id = ${id}`)
  return row?.version ?? 0
}

export const changedMeanwhile = (present: number): Problem =>
  new Problem('conflict', 'Somebody else has changed this meanwhile. Look at it again.', {
    facts: { present_version: present },
  })

/** Two who write at once have read the same version: the rows' key lets one of them through. */
export async function writeItem({
  kind,
  id,
  ifVersion,
  position,
  body,
  by,
  at,
  ctx,
}: Asked & {
  id: string
  ifVersion: number
  position: number
  body: unknown
  by: string
  at: number
}): Promise<void> {
  const { items, versions, key } = tables[kind]
  const version = ifVersion + 1
  try {
    await ctx.db.batch([
      ctx.db.run(
        sql`INSERT INTO ${versions} (${key}, version, body, created_at, created_by)
            VALUES (${id}, ${version}, ${JSON.stringify(body)}, ${at}, ${by})`,
      ),
      ctx.db.run(
        sql`INSERT INTO ${items} (id, version, position, archived) VALUES (${id}, ${version}, ${position}, 0)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, position = excluded.position
            WHERE version = ${ifVersion}`,
      ),
    ])
  } catch (error) {
    const present = await versionOf({ kind, id, ctx })
    if (present !== ifVersion) throw changedMeanwhile(present)
    throw error
  }
}

export async function setPosition({
  kind,
  id,
  position,
  ctx,
}: Asked & { id: string; position: number }): Promise<void> {
  await ctx.db.run(sql`UPDATE ${tables[kind].items} SET position = ${position} WHERE id = ${id}`)
}

export async function setArchived({
  kind,
  id,
  archived,
  ctx,
}: Asked & { id: string; archived: boolean }): Promise<void> {
  await ctx.db.run(sql`UPDATE ${tables[kind].items} SET archived = ${archived ? 1 : 0} WHERE id = ${id}`)
}
