// A row as its owner is shown it.
import { hasEnded, type Job } from '../contracts/jobs.ts'
import type { StoredJob } from './types.ts'

export function toJob<Input>(row: StoredJob<Input>, show: (input: Input) => Record<string, unknown>): Job {
  const ended = hasEnded(row.state)
  return {
    id: row.id,
    object: 'job',
    service: row.service,
    kind: row.kind,
    state: row.state,
    stage: row.stage,
    progress: row.state === 'succeeded' ? 1 : row.progress,
    attempts: row.attempts,
    model: row.model,
    provider: row.provider,
    input: show(row.input),
    item_ids: row.state === 'succeeded' ? (row.product?.itemIds ?? []) : [],
    held_micros: ended ? 0 : row.heldMicros,
    cost_micros: row.state === 'succeeded' ? row.costMicros : 0,
    error: ended && row.state !== 'succeeded' ? row.fault : null,
    request_id: row.requestId,
    created_at: row.createdAt,
    started_at: row.startedAt,
    ended_at: row.endedAt,
    deadline_at: row.deadlineAt,
  }
}
