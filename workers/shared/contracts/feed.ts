// What a member's open pages are told as it happens, over one socket: GET /api/feed. Newest state, not history: a page that
// was away asks the lists again.
import type { Job } from './jobs.ts'
import type { LibraryItem } from './library.ts'

export type FeedEvent =
  | { type: 'job'; job: Job }
  /** A picture that is not final: shown, never kept. */
  | { type: 'preview'; job_id: string; index: number; media_type: string; base64: string }
  | { type: 'item'; item: LibraryItem }
  | { type: 'item.gone'; id: string }
  | { type: 'storage'; used_bytes: number; quota_bytes: number | null }

/** As it is sent: `sequence` grows by one for each event of this member since the object woke, `epoch` tells one waking from another. */
export type FeedMessage = FeedEvent & { sequence: number; epoch: string }

/** The object of one member of one organization. What is published is lost where nobody listens. */
export interface FeedRpc {
  publish(events: FeedEvent[]): Promise<void>
}

/** Its name. */
export const feedName = ({ organizationId, userId }: { organizationId: string; userId: string }): string =>
  `${organizationId}/${userId}`
