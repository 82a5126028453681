import type { AuthQuestions, Erasure } from '#shared/contracts/account'
import type { BillingQuestions } from '#shared/contracts/billing'
import type { FeedRpc } from '#shared/contracts/feed'
import type { ServiceBindings } from '#shared/http/create-service-app'
import type { Objects, RegionSettings } from '#shared/lib/object-of'

export interface LibraryEnv extends ServiceBindings, RegionSettings {
  DB: D1Database
  MEDIA: R2Bucket
  BILLING_RPC: Pick<BillingQuestions, 'storageQuotaOf'>
  AUTH_RPC: Pick<AuthQuestions, 'recordAudit'>
  FEED: Objects<FeedRpc & { fetch(request: Request): Promise<Response> }>
  /** Signs addresses and makes the tokens of shares. 32 characters or more; only this Worker holds it. */
  LIBRARY_KEY: string
  /** Where a plan names no limit. Unset: none. */
  STORAGE_QUOTA_BYTES?: string
  /** The site's own address. Unset on a developer's machine. */
  PUBLIC_URL?: string
  /** Where a copy on a developer's machine answers. */
  LOCAL_URL?: string
}

export type QueueBody = Erasure
