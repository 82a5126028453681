// What every step of a run shares. A step looks first, and writes only what differs, unless nothing is to be written.
import type Stripe from 'stripe'

type SyncedKind = 'product' | 'price' | 'meter' | 'tax_settings' | 'portal' | 'webhook' | 'coupon' | 'promotion_code'

export interface Change {
  kind: SyncedKind
  name: string
  action: 'create' | 'update'
  /** What differed; empty for something new. */
  fields: string[]
}

export interface SyncContext {
  stripe: Stripe
  /** Names this run: a request that is repeated by the network is done once, and a new run is not given an old failure. */
  runId: string
  dryRun: boolean
  changed(change: Change): void
  /** For what a run cannot put right by itself. */
  warn(sentence: string): void
}

/** A change is told before it is made: a run that breaks has said where. */
export async function write<T>(
  ctx: SyncContext,
  change: Change,
  make: (options: { idempotencyKey: string }) => Promise<T>,
): Promise<T | null> {
  ctx.changed(change)
  if (ctx.dryRun) return null
  return make({ idempotencyKey: `sync:${ctx.runId}:${change.kind}:${change.name}:${change.action}` })
}

/** Names of what is not as it is wanted; keys that are not wanted are somebody else's. */
export const differing = (wanted: Record<string, unknown>, present: Record<string, unknown>): string[] =>
  Object.keys(wanted).filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(present[key] ?? null))
