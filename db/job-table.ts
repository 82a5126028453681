// The table of a service's jobs: the same for pictures, videos and voices. `export const imageJobs = jobTable('image_jobs')`
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { JobFault, JobStage, JobState } from '../workers/shared/contracts/jobs.ts'
import type { JobPhase, KeptProduct } from '../workers/shared/jobs/handler.ts'
import { id, micros, milliseconds } from './columns.ts'

export const jobTable = <Name extends string>(name: Name) =>
  sqliteTable(
    name,
    {
      id: id(),
      organizationId: text('organization_id').notNull(),
      /** Who asked, or made the key that asked. */
      userId: text('user_id').notNull(),
      keyId: text('key_id'),
      service: text('service').notNull(),
      kind: text('kind').notNull(),
      /** Names the hold and the charge. */
      requestId: text('request_id').notNull(),
      state: text('state').$type<JobState>().notNull(),
      phase: text('phase').$type<JobPhase>().notNull(),
      stage: text('stage').$type<JobStage>().notNull(),
      progress: real('progress'),
      /** How often a provider was asked from the beginning. */
      attempts: integer('attempts').notNull(),
      /** What went wrong in a row since something went well: how long to wait before the next look. */
      failures: integer('failures').notNull(),
      model: text('model').notNull(),
      provider: text('provider').notNull(),
      input: text('input', { mode: 'json' }).$type<unknown>().notNull(),
      /** The provider's, while it is waited for. */
      operation: text('operation'),
      product: text('product', { mode: 'json' }).$type<KeptProduct>(),
      heldMicros: micros('held_micros').notNull(),
      costMicros: micros('cost_micros').notNull(),
      fault: text('fault', { mode: 'json' }).$type<JobFault>(),
      /** As what it will end, written before the money moves. */
      fate: text('fate').$type<'failed' | 'cancelled' | 'expired'>(),
      dead: integer('dead', { mode: 'boolean' }).notNull(),
      createdAt: milliseconds('created_at').notNull(),
      startedAt: milliseconds('started_at'),
      endedAt: milliseconds('ended_at'),
      deadlineAt: milliseconds('deadline_at').notNull(),
      nextLookAt: milliseconds('next_look_at').notNull(),
      /** Which Worker works at it, and until when nobody else may. */
      lease: text('lease'),
      leaseUntil: milliseconds('lease_until').notNull(),
    },
    (table) => [
      index(`${name}_of_member`).on(table.organizationId, table.userId, table.id),
      index(`${name}_of_member_by_state`).on(table.organizationId, table.userId, table.state, table.id),
      index(`${name}_of_organization`).on(table.organizationId, table.id),
      uniqueIndex(`${name}_by_request`).on(table.organizationId, table.requestId),
      index(`${name}_due`).on(table.state, table.nextLookAt),
      index(`${name}_dead`).on(table.dead, table.id),
      index(`${name}_of_user`).on(table.userId),
    ],
  )

export type JobTable = ReturnType<typeof jobTable>
