// A batch of events: what they name is looked at, each thing once, however many events speak of it. What cannot be done
// now comes back later; what was tried often enough is shown to the operator, who can ask again.
import { wordsOfError } from '#shared/http/words-of-error'
import type { MoneyContext } from '../sync/money-context.ts'
import { createSubscriptionRows } from '../sync/subscription-repository.ts'
import { tellOfTrialEnd } from '../sync/tell-of-subscription.ts'
import { createEventRows, type EventRow } from './event-repository.ts'
import { lookAt } from './look-at.ts'
import { targetsOf, type Target } from './targets-of.ts'

export type Outcome = 'done' | 'again'

/** What belongs together is looked at before what builds on it. */
const order: Target['kind'][] = [
  'product',
  'price',
  'checkout',
  'customer',
  'subscription',
  'invoice',
  'payment',
  'charge',
  'refund',
  'dispute',
  'meter',
]

const nameOf = ({ kind, id }: Target): string => `${kind} ${id}`

interface Looked {
  owner: string | null
  error: string | null
}

async function lookAtAll(targets: Target[], ctx: MoneyContext): Promise<Map<string, Looked>> {
  const once = new Map(targets.map((target) => [nameOf(target), target]))
  const answers = new Map<string, Looked>()
  const inOrder = [...once.values()].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  // One after the other: what is of one organization must not race with itself.
  for (const target of inOrder) {
    try {
      answers.set(nameOf(target), { owner: await lookAt(target, ctx), error: null })
    } catch (error) {
      answers.set(nameOf(target), { owner: null, error: `${nameOf(target)}: ${wordsOfError(error)}` })
    }
  }
  return answers
}

async function tellOfTrials(rows: EventRow[], ctx: MoneyContext): Promise<void> {
  for (const { type, objectId } of rows) {
    if (type !== 'customer.subscription.trial_will_end' || !objectId) continue
    const row = await createSubscriptionRows(ctx.db).find({ id: objectId })
    if (row) await tellOfTrialEnd(row, ctx)
  }
}

interface Read {
  row: EventRow
  targets: Target[]
}

function readEvents(rows: EventRow[], ctx: MoneyContext): Read[] {
  return rows.map((row) => {
    try {
      return { row, targets: targetsOf(row) }
    } catch (error) {
      ctx.logger.error('stripe-event-unreadable', { event: row.id, type: row.type, error: wordsOfError(error) })
      return { row, targets: [] }
    }
  })
}

const errorOf = ({ targets }: Read, answers: Map<string, Looked>): string | null =>
  targets.map((target) => answers.get(nameOf(target))?.error).find((error) => error) ?? null

const ownerOf = ({ targets }: Read, answers: Map<string, Looked>): string | null =>
  targets.map((target) => answers.get(nameOf(target))?.owner).find((owner) => owner) ?? null

async function keepOutcome(
  read: Read,
  { answers, final, ctx }: { answers: Map<string, Looked>; final: boolean; ctx: MoneyContext },
) {
  const events = createEventRows(ctx.db)
  const { id, type } = read.row
  const error = errorOf(read, answers)
  if (error) {
    ctx.logger.error('stripe-event-failed', { event: id, type, error, given_up: final })
    await events.fail({ ids: [id], error, final })
    return 'again'
  }
  const organizationId = ownerOf(read, answers)
  const state = read.targets.length === 0 ? 'ignored' : 'processed'
  await events.end({ ids: [id], state, now: ctx.clock(), organizationId })
  return 'done'
}

/** By event: whether it is done with. What is not in the inbox is. */
export async function processEvents({
  ids,
  isFinal,
  ctx,
}: {
  ids: string[]
  /** Whether it is the last time that this one is tried. */
  isFinal(id: string): boolean
  ctx: MoneyContext
}): Promise<Map<string, Outcome>> {
  const rows = (await createEventRows(ctx.db).findMany({ ids: [...new Set(ids)] })).filter(
    ({ state }) => state === 'received',
  )
  const read = readEvents(rows, ctx)
  const answers = await lookAtAll(
    read.flatMap(({ targets }) => targets),
    ctx,
  )
  await tellOfTrials(rows, ctx)
  const outcomes = new Map<string, Outcome>()
  for (const each of read)
    outcomes.set(each.row.id, await keepOutcome(each, { answers, final: isFinal(each.row.id), ctx }))
  return outcomes
}
