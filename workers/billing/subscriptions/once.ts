// Something that is made once however often it is clicked: who clicks the same again waits for the first answer and is
// given it; who asks for something else meanwhile is told that somebody was faster.
import { isProblem } from '#shared/http/problems'
import {
  claimAction,
  dropAction,
  findAction,
  finishAction,
  somebodyElse,
  takeUp,
  UNHEARD,
  type BillingAction,
} from '../checkout/actions-repository.ts'
import type { BillingSystem } from '../context.ts'

/** How long an answer is the answer to the same question; a refusal only to clicks that came with it. */
const REMEMBERED_MS = 60_000
const REFUSAL_REMEMBERED_MS = 3_000
const POLL_MS = 250
const POLLS = 80

export type Wait = (ms: number) => Promise<unknown>

const pause: Wait = (ms) => new Promise((done) => setTimeout(done, ms))

export interface Answer<Outcome extends string> {
  outcome: Outcome
  pay_url: string | null
}

export interface Once<Outcome extends string> {
  organizationId: string
  fingerprint: string
  outcomes: readonly Outcome[]
  /** Of those, what is worth trying again. */
  refusals: readonly Outcome[]
  /** `name`: the same for what is gone on with; `isRepeated`: it may have been done already. */
  make(input: { name: string; isRepeated: boolean }): Promise<Answer<Outcome>>
  ctx: BillingSystem
  wait?: Wait
}

function answerOf<Outcome extends string>({ objectId, url }: BillingAction, outcomes: readonly Outcome[]) {
  const outcome = outcomes.find((each) => each === objectId)
  return outcome === undefined ? null : { outcome, pay_url: url }
}

async function run<Outcome extends string>(
  { organizationId, refusals, make, ctx }: Once<Outcome>,
  { action, isRepeated }: { action: BillingAction; isRepeated: boolean },
): Promise<Answer<Outcome>> {
  try {
    const name = `change:${organizationId}:${action.startedAt}:${action.fingerprint}`
    const answer = await make({ name, isRepeated })
    const { outcome: objectId, pay_url: url } = answer
    const remembered = refusals.includes(answer.outcome) ? REFUSAL_REMEMBERED_MS : REMEMBERED_MS
    await finishAction({ action, result: { objectId, url, expiresAt: ctx.clock() + remembered }, ctx })
    return answer
  } catch (error) {
    // What was refused was not done. What was not heard of may have been.
    const isRefused = isProblem(error) && error.code !== 'service_unavailable'
    if (isRefused) await dropAction({ action, ctx })
    else await finishAction({ action, result: { objectId: UNHEARD }, ctx })
    throw error
  }
}

/** Null: nothing is in the way any more. */
async function awaitAnswer<Outcome extends string>(once: Once<Outcome>, begun: BillingAction) {
  const { organizationId, outcomes, ctx, wait = pause } = once
  for (let polled = 0; polled < POLLS; polled++) {
    await wait(POLL_MS)
    const action = await findAction({ organizationId, kind: 'change', ctx })
    if (!action || action.startedAt !== begun.startedAt || action.objectId === UNHEARD) return null
    const answer = answerOf(action, outcomes)
    if (answer) return answer
  }
  throw somebodyElse()
}

export async function once<Outcome extends string>(asked: Once<Outcome>): Promise<Answer<Outcome>> {
  const { organizationId, fingerprint, outcomes, ctx } = asked
  const { action, isMine } = await claimAction({ organizationId, kind: 'change', fingerprint, ctx })
  if (isMine) return run(asked, { action, isRepeated: false })
  const before = answerOf(action, outcomes)
  if (action.fingerprint !== fingerprint) {
    if (!before) throw somebodyElse()
    await dropAction({ action, ctx })
    return once(asked)
  }
  if (before) return before
  if (action.objectId === UNHEARD)
    return (await takeUp({ action, ctx })) ? run(asked, { action, isRepeated: true }) : once(asked)
  return (await awaitAnswer(asked, action)) ?? once(asked)
}
