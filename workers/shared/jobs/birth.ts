// How a job comes to be: admitted, written down, armed. A Worker that is lost on the way leaves a hold of a minute, or a row
// that the sweep ends; never a job without its hold.
import { hasEnded } from '../contracts/jobs.ts'
import type { Admission } from '../contracts/ledger.ts'
import { conflict, serviceUnavailable } from '../http/problems.ts'
import { wordsOfError } from '../http/words-of-error.ts'
import { toAdmissionProblem } from '../metering/admission-problem.ts'
import type { PolicyRefusal } from '../metering/metered-call.ts'
import { createAnnouncer } from './announcer.ts'
import * as moves from './moves.ts'
import { BIRTH_TTL_MS, HOLD_MARGIN_MS, LEASE_MS } from './timing.ts'
import type { CreatedJob, JobEngineOptions, NewJob, StoredJob } from './types.ts'

type Refused = Exclude<Admission, { ok: true }>
type Admitted = Extract<Admission, { ok: true }>

const blank = {
  state: 'queued',
  phase: 'arm',
  stage: 'waiting',
  progress: null,
  attempts: 0,
  failures: 0,
  operation: null,
  product: null,
  costMicros: 0,
  fault: null,
  fate: null,
  dead: false,
  startedAt: null,
  endedAt: null,
  lease: null,
  leaseUntil: 0,
} as const

interface BirthOptions<Input> extends Pick<
  JobEngineOptions<Input, unknown>,
  'handler' | 'repository' | 'ledger' | 'feed' | 'clock' | 'timers' | 'createId' | 'logger'
> {
  /** Sees to it that somebody works at it. */
  arouse(job: StoredJob<Input>, how: { driven: boolean }): Promise<void>
  /** Ends what was doomed. */
  finish(doomed: StoredJob<Input>): Promise<unknown>
}

export function createBirth<Input>(options: BirthOptions<Input>) {
  const { repository, ledger, clock, createId, logger, arouse, finish } = options

  function rowFor(job: NewJob<Input>, { heldMicros, keyUserId }: Admitted, now: number): StoredJob<Input> {
    const { requestId, payer, model, provider } = job.admission
    const userId = payer.kind === 'user' ? payer.userId : keyUserId
    if (userId === null) throw new Error('the ledger named nobody who made this key')
    return {
      ...blank,
      id: job.id ?? createId('job'),
      organizationId: job.organizationId,
      userId,
      keyId: payer.kind === 'user' ? null : payer.keyId,
      service: options.handler.service,
      kind: job.kind,
      requestId,
      model,
      provider,
      input: job.input,
      heldMicros,
      createdAt: now,
      deadlineAt: now + job.lifetimeMs,
      // Until it is armed it is nobody's to look at.
      nextLookAt: now + BIRTH_TTL_MS,
    }
  }

  async function earlier(job: NewJob<Input>, refused: Refused) {
    if (refused.code === 'replay' || (job.joins && refused.code === 'idempotency_in_progress')) {
      const { organizationId } = job
      const found = await repository.findByRequest({ organizationId, requestId: refused.requestId })
      if (found) return { job: found, replayed: true, rateLimit: null }
    }
    throw toAdmissionProblem(refused)
  }

  async function arm(row: StoredJob<Input>, askedAt: number): Promise<StoredJob<Input>> {
    await repository.insert(row)
    const ttlMs = row.deadlineAt + HOLD_MARGIN_MS - clock()
    await ledger(row.organizationId).renew({ requestId: row.requestId, ttlMs })
    // What has ended is not renewed, and nobody is told.
    const inTime = clock() - askedAt < BIRTH_TTL_MS
    const leaving = { job: row, phases: ['arm'] as const, lease: null }
    const armed = inTime ? await repository.move(leaving, { phase: 'ask', nextLookAt: clock() }) : null
    if (!armed) throw serviceUnavailable('The queue', 'a job was not armed in time')
    return armed
  }

  /** Whoever asked is told that it failed, so it does; what cannot be undone now is the sweep's. */
  async function abandon(row: StoredJob<Input>): Promise<void> {
    try {
      const change = moves.doom({ fate: 'failed', fault: moves.interrupted }, clock())
      const lease = { lease: createId('request'), leaseUntil: clock() + LEASE_MS }
      const doomed = await repository.move({ job: row, phases: ['arm', 'ask'] }, { ...change, ...lease })
      if (doomed) return void (await finish(doomed))
      const { organizationId, requestId } = row
      if (!(await repository.findByRequest({ organizationId, requestId })))
        await ledger(organizationId).release({ requestId })
    } catch (error) {
      logger.error('birth-not-undone', { job_id: row.id, error: wordsOfError(error) })
    }
  }

  async function create(job: NewJob<Input>): Promise<CreatedJob<Input> | PolicyRefusal> {
    const askedAt = clock()
    const admission = await ledger(job.organizationId).admit({ ...job.admission, ttlMs: BIRTH_TTL_MS })
    if (!admission.ok) return admission.code === 'policy_changed' ? admission : earlier(job, admission)
    const row = rowFor(job, admission, clock())
    let armed: StoredJob<Input>
    try {
      armed = await arm(row, askedAt)
    } catch (error) {
      await abandon(row)
      throw error
    }
    await arouse(armed, { driven: job.driven ?? false })
    const announcer = createAnnouncer(options)
    announcer.tell(armed)
    await announcer.done()
    return { job: armed, replayed: false, rateLimit: admission.rateLimit }
  }

  /** The ledger lets one of them in: its key is the old job's name, and is free again where the new one has failed too. */
  async function retry(old: StoredJob<Input>, job: NewJob<Input>): Promise<CreatedJob<Input> | PolicyRefusal> {
    if (!hasEnded(old.state) || old.state === 'succeeded')
      throw conflict('Only what ended without success is done again.')
    const idempotency = { key: `retry:${old.id}`, fingerprint: old.id }
    const created = await create({ ...job, joins: true, admission: { ...job.admission, idempotency } })
    if ('job' in created && old.dead) await repository.bury(old)
    return created
  }

  return { create, retry }
}
