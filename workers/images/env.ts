import type { AuthQuestions } from '#shared/contracts/account'
import type { FeedRpc } from '#shared/contracts/feed'
import type { JobAlarmRpc, JobMessage } from '#shared/contracts/jobs'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { WritingQuestions } from '#shared/contracts/writing'
import type { ServiceBindings } from '#shared/http/create-service-app'
import type { Objects, RegionSettings } from '#shared/lib/object-of'
import type { ImageModelSettings } from '#shared/providers/image-models'
import type { VaultEnv } from '#shared/providers/own-registries'
import type { SafetySettings } from './safety/settings.ts'
import type { WebhookSettings } from './webhooks/webhook-checks.ts'

export interface ImagesEnv
  extends ServiceBindings, RegionSettings, ImageModelSettings, SafetySettings, WebhookSettings, VaultEnv {
  DB: D1Database
  LEDGER: Objects<LedgerRpc>
  FEED: Objects<FeedRpc>
  /** One for each job, named by its id. */
  JOB_ALARM: Objects<JobAlarmRpc>
  JOBS: { send(message: JobMessage): Promise<unknown> }
  LIBRARY_RPC: LibraryQuestions
  CHAT_RPC: WritingQuestions
  AUTH_RPC: Pick<AuthQuestions, 'roleOf'>
  /** Where a copy on a developer's machine answers. */
  LOCAL_URL?: string
}
