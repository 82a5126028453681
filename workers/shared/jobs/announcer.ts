// Tells whoever watches. A feed that does not listen changes nothing about a job. One for each piece of work: what one request
// waits for is never another's.
import type { FeedEvent } from '../contracts/feed.ts'
import { toBase64 } from '../lib/bytes.ts'
import { wordsOfError } from '../http/words-of-error.ts'
import { toJob } from './to-job.ts'
import type { JobHandler } from './handler.ts'
import type { JobEngineOptions, StoredJob } from './types.ts'

/** Between two words about the same progress. */
const QUIET_MS = 500
const PATIENCE_MS = 2_000

export type Announcer<Input = unknown> = ReturnType<typeof createAnnouncer<Input>>

export function createAnnouncer<Input>({
  handler,
  feed,
  clock,
  timers,
  logger,
}: Pick<JobEngineOptions<Input, never>, 'feed' | 'clock' | 'timers' | 'logger'> & {
  handler: Pick<JobHandler<Input, never>, 'show'>
}) {
  let tail: Promise<void> = Promise.resolve()
  let saidAt = Number.NEGATIVE_INFINITY

  const shown = (job: StoredJob<Input>): FeedEvent => ({ type: 'job', job: toJob(job, (input) => handler.show(input)) })

  function publish({ organizationId, userId, id }: StoredJob<Input>, events: FeedEvent[]): void {
    tail = tail
      .then(() => feed({ organizationId, userId }).publish(events))
      .catch((error: unknown) => logger.warn('feed-missed', { job_id: id, error: wordsOfError(error) }))
  }

  return {
    tell: (job: StoredJob<Input>) => publish(job, [shown(job)]),
    /** Not oftener than a person can read. */
    progress(job: StoredJob<Input>) {
      if (clock() - saidAt < QUIET_MS) return
      saidAt = clock()
      publish(job, [shown(job)])
    },
    preview: (
      job: StoredJob<Input>,
      { index, bytes, mediaType }: { index: number; bytes: Uint8Array; mediaType: string },
    ) => publish(job, [{ type: 'preview', job_id: job.id, index, media_type: mediaType, base64: toBase64(bytes) }]),
    /** All of it said, or enough waited. */
    done: (): Promise<void> => Promise.race([tail, timers.wait(PATIENCE_MS)]),
  }
}
