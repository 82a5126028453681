// The rules of a runner: which answers it is writing, which it was writing when it died, and what becomes of those.
import type { ConversationMessage } from '#shared/contracts/conversation'
import type { ConversationRpc, FinishInput, Owner } from '#shared/contracts/conversation-object'
import type { Clock } from '#shared/lib/clock'
import type { AnswerJob } from './answer-run.ts'
import type { ConversationIndex } from './repository.ts'
import type { Charged } from './settle-interrupted.ts'

/** An object that hears nothing is put to sleep after a minute or so: this keeps it awake while it writes. */
export const HEARTBEAT_MS = 20_000
/** How long a list shows an answer as running without a new sign of it. */
export const LEASE_MS = 60_000

export interface RunnerDeskInput {
  /** Kept in storage: what is found here without being active was interrupted by a crash or a release. */
  jobs: { put(job: AnswerJob): Promise<void>; remove(answerId: string): Promise<void>; list(): Promise<AnswerJob[]> }
  wakeAt: (at: number) => Promise<void>
  forget: () => Promise<void>
  conversation: (id: string, owner: Owner) => Pick<ConversationRpc, 'touch' | 'page' | 'finishAnswer'>
  index: Pick<ConversationIndex, 'change'>
  run: (job: AnswerJob, controller: AbortController, onFinished: () => Promise<void>) => Promise<void>
  /** Charges a job whose writer died for what had been delivered. */
  settle: (job: AnswerJob, message: ConversationMessage) => Promise<Charged>
  clock: Clock
}

export type RunnerDesk = ReturnType<typeof createRunnerDesk>

type AnswerName = Pick<AnswerJob, 'owner' | 'conversationId' | 'answerId'>

const interrupted = { code: 'service_unavailable', message: 'The answer was interrupted. What had arrived is kept.' }

export function createRunnerDesk({ jobs, wakeAt, forget, conversation, index, run, settle, clock }: RunnerDeskInput) {
  const active = new Map<string, AbortController>()

  const show = ({ owner, conversationId }: Pick<AnswerJob, 'owner' | 'conversationId'>, running: boolean) =>
    index.change({
      owner,
      id: conversationId,
      ...(running ? { runningUntil: clock() + LEASE_MS } : { runningUntil: 0, updatedAt: clock() }),
    })

  async function start(job: AnswerJob): Promise<void> {
    if (active.has(job.answerId)) return
    const controller = new AbortController()
    active.set(job.answerId, controller)
    await jobs.put(job)
    await wakeAt(clock() + HEARTBEAT_MS)
    const finished = async () => {
      await jobs.remove(job.answerId)
      await show(job, false)
    }
    void run(job, controller, finished)
      // Not even its end could be told: the next heartbeat finds the job and tries again.
      .catch(() => undefined)
      .finally(() => active.delete(job.answerId))
  }

  /** The price of what had arrived of an answer; nothing for one that was never begun. */
  async function chargeOf({ owner, conversationId, answerId }: AnswerName): Promise<Charged> {
    const job = (await jobs.list()).find((each) => each.answerId === answerId)
    const page = job && (await conversation(conversationId, owner).page({ owner, limit: 1, from: answerId }))
    const message = page?.ok ? page.messages.find((each) => each.id === answerId) : undefined
    return job && message ? settle(job, message) : { usage: null, costMicros: 0 }
  }

  /** Ends an answer that nobody writes any more. What was delivered stays. */
  async function end(name: AnswerName, how: Pick<FinishInput, 'status' | 'error'>): Promise<void> {
    const { owner, conversationId, answerId } = name
    const charged = await chargeOf(name)
    await conversation(conversationId, owner).finishAnswer({
      owner,
      answerId,
      ...how,
      ...charged,
      finishReason: null,
      language: null,
      tokens: null,
    })
    await jobs.remove(answerId)
    await show({ owner, conversationId }, false)
  }

  async function abort(input: AnswerName): Promise<void> {
    const controller = active.get(input.answerId)
    if (controller) controller.abort()
    else await end(input, { status: 'stopped', error: null })
  }

  async function beat(job: AnswerJob): Promise<void> {
    const controller = active.get(job.answerId)
    if (!controller) return end(job, { status: 'interrupted', error: interrupted })
    const touched = await conversation(job.conversationId, job.owner).touch({
      owner: job.owner,
      answerId: job.answerId,
    })
    if (!touched.ok || touched.stopped) controller.abort()
    await show(job, true)
  }

  async function wake(): Promise<void> {
    const waiting = await jobs.list()
    // Set first: should this beat fail, the next one still comes.
    if (waiting.length > 0 || active.size > 0) await wakeAt(clock() + HEARTBEAT_MS)
    else return forget()
    for (const job of waiting) await beat(job)
  }

  return { start, abort, wake }
}
