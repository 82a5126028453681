// What falls due, and in which order: a schedule changes a subscription before it renews, and a renewal comes before
// the payment of older invoices.
import type { Engine, Timer } from '../engine.ts'
import { StripeError } from '../errors.ts'
import type { Due } from '../tables.ts'

export type DueWork = (engine: Engine, id: string) => void

const order = ['sub_sched', 'sub', 'in', 'pi'] as const

const kindOf = (id: string) => order.find((prefix) => new RegExp(`^${prefix}_[^_]+$`).test(id))

export function setDue(
  engine: Engine,
  { id, at, clock }: { id: string; at: number | null; clock: string | null | undefined },
): void {
  if (at === null) engine.store.remove('_due', id)
  else engine.store.put('_due', { id, at, clock: clock ?? null })
}

const rank = (id: string) => order.findIndex((prefix) => prefix === kindOf(id))

/** What is due first by one clock; the older first among equals of a kind. */
export function firstDue(engine: Engine, clock: string | null): Due | undefined {
  return engine.store
    .list('_due')
    .toReversed()
    .filter((due) => due.clock === clock)
    .toSorted((left, right) => left.at - right.at || rank(left.id) - rank(right.id))[0]
}

/** Does one piece of due work. What did not put itself off would be due for ever: it is dropped. */
export function runDue({ engine, due, work }: { engine: Engine; due: Due; work: Record<string, DueWork> }): void {
  try {
    work[kindOf(due.id) ?? '']?.(engine, due.id)
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    giveUp(engine, { id: due.id, error })
    return
  }
  const left = engine.store.get('_due', due.id)
  if (left && left.at <= due.at && !isProgress(engine, left)) engine.store.remove('_due', due.id)
}

/** What cannot be done is said where Stripe says it, and does not hold up the clock of everybody else. */
function giveUp(engine: Engine, { id, error }: { id: string; error: StripeError }): void {
  engine.store.remove('_due', id)
  const invoice = engine.store.get('invoice', id)
  if (invoice?.status !== 'draft') return
  const { type, message, code, param } = error.refusal
  const failed = {
    ...invoice,
    last_finalization_error: { type, message, ...(code && { code }), ...(param && { param }) },
  }
  engine.store.put('invoice', failed)
  engine.emit('invoice.finalization_failed', failed)
}

/** Several things can be due for one object in the same second; they are done one after the other. */
const turns = new WeakMap<Engine, { id: string; at: number; count: number }>()

function isProgress(engine: Engine, due: Due): boolean {
  const last = turns.get(engine)
  const isSame = last?.id === due.id && last.at === due.at
  const count = isSame ? last.count + 1 : 1
  turns.set(engine, { id: due.id, at: due.at, count })
  return count < 20
}

/** The account's own clock; test clocks run what belongs to them when they are moved. */
export const dueTimer = (work: Record<string, DueWork>): Timer => ({
  nextAt: (engine) => firstDue(engine, null)?.at,
  run(engine) {
    const due = firstDue(engine, null)
    if (due) runDue({ engine, due, work })
  },
})
