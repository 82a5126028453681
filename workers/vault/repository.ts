// Where the sealed keys are. Whose they are is part of everything that is asked.
import { and, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { providerKeys } from '#db/schema/vault'
import type { OwnModel, ProviderKeyVendor } from '#shared/contracts/vault'

export interface ProviderKeyRow {
  id: string
  organizationId: string
  vendor: ProviderKeyVendor
  hint: string
  baseUrl: string | null
  models: OwnModel[] | null
  sealed: string
  createdBy: string
  createdAt: number
  lastUsedAt: number | null
}

interface KeyOf {
  organizationId: string
  id: string
}

export interface ProviderKeys {
  listOf(organizationId: string): Promise<ProviderKeyRow[]>
  findOf(key: KeyOf): Promise<ProviderKeyRow | null>
  /** In place of the one that the organization had for this vendor. */
  put(row: ProviderKeyRow): Promise<void>
  remove(key: KeyOf): Promise<void>
  /** The same key, sealed anew; nothing where it was replaced meanwhile. */
  reseal(change: KeyOf & { from: string; to: string }): Promise<void>
  markUsed(change: KeyOf & { at: number }): Promise<void>
}

export function createProviderKeys(database: D1Database): ProviderKeys {
  const db = drizzle(database)
  const named = ({ organizationId, id }: KeyOf) =>
    and(eq(providerKeys.organizationId, organizationId), eq(providerKeys.id, id))
  return {
    listOf: (organizationId) =>
      db
        .select()
        .from(providerKeys)
        .where(eq(providerKeys.organizationId, organizationId))
        .orderBy(providerKeys.vendor) as Promise<ProviderKeyRow[]>,
    async findOf(key) {
      const [row] = await db.select().from(providerKeys).where(named(key)).limit(1)
      return (row as ProviderKeyRow | undefined) ?? null
    },
    async put(row) {
      const sameVendor = and(eq(providerKeys.organizationId, row.organizationId), eq(providerKeys.vendor, row.vendor))
      await db.batch([db.delete(providerKeys).where(sameVendor), db.insert(providerKeys).values(row)])
    },
    async remove(key) {
      await db.delete(providerKeys).where(named(key))
    },
    async reseal({ from, to, ...key }) {
      await db
        .update(providerKeys)
        .set({ sealed: to })
        .where(and(named(key), eq(providerKeys.sealed, from)))
    },
    async markUsed({ at, ...key }) {
      await db.update(providerKeys).set({ lastUsedAt: at }).where(named(key))
    },
  }
}
