// One step of a run: a page of one phase.
import type { MoneyContext } from '../sync/money-context.ts'
import { noteRepair, raise, type Difference } from './discrepancies.ts'
import type { Counts, RunRow } from './run-rows.ts'

export interface Step {
  run: RunRow
  /** Where the page before ended; empty at the beginning. */
  after: string
  counts: Counts
  ctx: MoneyContext
}

/** Where the next page begins; null where this was the last. */
export type Phase = (step: Step) => Promise<string | null>

export const PAGE = 25
const REACH_MS = 35 * 86_400_000

/** What is older was compared by the runs before. */
export const reachOf = ({ startedAt }: RunRow): number => startedAt - REACH_MS

export async function raiseIn({ counts, ctx }: Step, difference: Difference): Promise<void> {
  if (await raise(difference, ctx)) counts.raised += 1
}

export async function repairedIn({ counts, ctx }: Step, difference: Difference): Promise<void> {
  await noteRepair(difference, ctx)
  counts.repaired += 1
}

/** The next page of one of Stripe's lists. */
export const nextOf = (page: { has_more: boolean; data: { id: string }[] }): string | null =>
  page.has_more ? (page.data.at(-1)?.id ?? null) : null

export const pageAfter = (after: string): { limit: number; starting_after?: string } => ({
  limit: PAGE,
  ...(after !== '' && { starting_after: after }),
})
