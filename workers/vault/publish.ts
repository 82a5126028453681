// Tells the organization's ledger which vendors it has keys for, because every paid call asks the ledger anyway: a
// change is known at the next admission, wherever it is made.
import type { PolicySnapshot } from '#shared/contracts/policy'
import { serviceUnavailable } from '#shared/http/problems'
import type { VaultContext } from './context.ts'

type Published = PolicySnapshot['providerKeys']

/** Two people who change keys at the same time; more are a sign of something else. */
const ATTEMPTS = 5

const same = (a: Published, b: Published): boolean =>
  a.length === b.length &&
  a.every(({ vendor, keyId }) => b.some((each) => each.vendor === vendor && each.keyId === keyId))

async function attempt({ organizationId, except, ctx }: PublishInput): Promise<boolean> {
  const ledger = ctx.ledgerOf(organizationId)
  // The version comes before the rows: whoever changes them afterwards changes it too, and this attempt is repeated.
  const { version, providerKeys } = await ledger.policy()
  const rows = await ctx.keys.listOf(organizationId)
  const wanted = rows.filter(({ id }) => id !== except).map(({ vendor, id }) => ({ vendor, keyId: id }))
  if (same(providerKeys, wanted)) return true
  const { conflict } = await ledger.setPolicy({ providerKeys: wanted, ifVersion: version })
  return conflict !== true
}

export interface PublishInput {
  organizationId: string
  /** A key that is about to go. */
  except?: string
  ctx: VaultContext
}

export async function publishProviderKeys(input: PublishInput): Promise<void> {
  try {
    for (let made = 0; made < ATTEMPTS; made++) if (await attempt(input)) return
  } catch (error) {
    throw serviceUnavailable('The ledger', error instanceof Error ? error.message : String(error))
  }
  throw serviceUnavailable('The ledger', 'the policy changes faster than it can be written')
}
