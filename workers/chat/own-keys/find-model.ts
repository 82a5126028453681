// A model by its name as an organization can call it now. What this isolate knows of its policy may be old: where the
// name leads nowhere under that, the ledger is asked for the present one.
import type { CatalogModel } from '#shared/contracts/model'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { LanguageModels } from '#shared/providers/language-models'
import { registryOf, type RoutingContext } from '../generate-context.ts'

export interface FindModelContext extends Pick<RoutingContext, 'organizationId' | 'policies' | 'models' | 'ownModels'> {
  ledger: Pick<LedgerRpc, 'policy'>
}

export type FindModel<T> = (models: LanguageModels) => T

/** Throws what `find` throws under the present policy. */
export async function findUnderPolicy<T>(find: FindModel<T>, ctx: FindModelContext): Promise<T> {
  const { organizationId, policies } = ctx
  const under = async (snapshot: PolicySnapshot) => find(await registryOf(snapshot, ctx))
  const known = policies.of(organizationId)
  try {
    return await under(known)
  } catch (error) {
    const present = await ctx.ledger.policy().catch(() => known)
    if (present.version === known.version) throw error
    policies.keep(organizationId, present)
    return under(present)
  }
}

export const findModel = (id: string, ctx: FindModelContext): Promise<CatalogModel> =>
  findUnderPolicy((models) => models.resolve(id).model, ctx)
