// One step of a run, and the queue for the next: whatever the number of subscriptions, a step holds one page of them.
import { wordsOfError } from '#shared/http/words-of-error'
import type { MoneyContext } from '../sync/money-context.ts'
import { phaseNames, phases, type PhaseName } from './phases.ts'
import { createRunRows, noCounts } from './run-rows.ts'

interface Place {
  phase: PhaseName
  after: string
}

function placeOf(cursor: string | null): Place {
  const [name = '', ...after] = (cursor ?? '').split(':')
  const phase = phaseNames.find((each) => each === name)
  return phase ? { phase, after: after.join(':') } : { phase: phaseNames[0]!, after: '' }
}

/** Null at the end of the last phase. */
function nextPlace({ phase }: Place, after: string | null): Place | null {
  if (after !== null) return { phase, after }
  const next = phaseNames[phaseNames.indexOf(phase) + 1]
  return next ? { phase: next, after: '' } : null
}

export async function continueReconciliation({ runId, ctx }: { runId: string; ctx: MoneyContext }): Promise<void> {
  const runs = createRunRows(ctx.db)
  const run = await runs.find({ id: runId })
  if (!run || run.finishedAt !== null) return
  const place = placeOf(run.cursor)
  const counts = noCounts()
  try {
    const after = await phases[place.phase]({ run, after: place.after, counts, ctx })
    const next = nextPlace(place, after)
    const cursor = next ? `${next.phase}:${next.after}` : 'done:'
    const mine = await runs.advance({ run, cursor, counts, finishedAt: next ? null : ctx.clock() })
    if (mine && next) await ctx.jobs.send({ kind: 'reconcile', runId })
    if (mine && !next) ctx.logger.info('reconciliation-finished', { run: runId })
  } catch (error) {
    await runs.fail({ id: runId, error: `${place.phase}: ${wordsOfError(error)}` })
    throw error
  }
}
