import type { ServiceBindings } from '#shared/http/create-service-app'
import type { BillingQuestions } from '#shared/contracts/billing'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { RateLimiterRpc } from '#shared/contracts/rate-limiter'
import type { Erasure } from '#shared/contracts/account'
import type { NoticeQueue } from '#shared/contracts/notices'
import type { Objects, RegionSettings } from '#shared/lib/object-of'
import type { MailMessage } from './mail/mail-message.ts'

/** What accounts ask of an organization's ledger. */
export type AccountLedger = Pick<
  LedgerRpc,
  | 'grant'
  | 'balance'
  | 'entries'
  | 'erase'
  | 'createKey'
  | 'updateKey'
  | 'revokeKey'
  | 'revokeKeysOf'
  | 'keys'
  | 'setBudget'
  | 'budgets'
  | 'setRateLimit'
  | 'setLimits'
  | 'limits'
  | 'policy'
  | 'setPolicy'
>

/** What accounts ask of billing. */
export type BillingAnswers = Pick<BillingQuestions, 'welcome' | 'seatsOf' | 'subscribed'>

export interface AuthEnv extends ServiceBindings, RegionSettings {
  DB: D1Database
  LEDGER: Objects<AccountLedger>
  RATE_LIMITER: { getByName(name: string): RateLimiterRpc }
  EMAIL: { send(message: MailMessage): Promise<unknown> }
  ERASURES: { send(erasure: Erasure): Promise<unknown> }
  NOTICES: NoticeQueue
  BILLING_RPC: BillingAnswers
  WEBHOOK_ERASURES: { send(erasure: Erasure): Promise<unknown> }
  LIBRARY_ERASURES: { send(erasure: Erasure): Promise<unknown> }
  IMAGE_ERASURES: { send(erasure: Erasure): Promise<unknown> }
  BILLING_ERASURES: { send(erasure: Erasure): Promise<unknown> }
  /** Signs sessions and encrypts second factors. 32 characters or more. */
  BETTER_AUTH_SECRET: string
  /** The site's own address. Unset on a developer's machine. */
  PUBLIC_URL?: string
  /** Where a copy on a developer's machine answers: for links in mails that no request asked for. */
  LOCAL_URL?: string
  /** The names of the operator's own models, which a policy may name as well. */
  COMPATIBLE_BASE_URL?: string
  COMPATIBLE_MODELS?: string
  /** Comma-separated: these people run the platform. */
  ADMIN_EMAILS?: string
  /** What a new person may spend, once. */
  SIGNUP_CREDIT_MICROS?: string
  /** Where new organizations are bound to unless they say otherwise: `eu`, `us`, or nowhere. Needs JURISDICTIONS=on. */
  DEFAULT_REGION?: string
  /** `on`: nobody signs in before their address is confirmed. */
  REQUIRE_VERIFIED_EMAIL?: string
  MAIL_FROM?: string
  /** `<count>/<seconds>` or `off`. */
  LIMIT_SIGN_UP?: string
  LIMIT_SIGN_IN_ADDRESS?: string
  LIMIT_SIGN_IN_ACCOUNT?: string
  LIMIT_MAIL_ADDRESS?: string
  LIMIT_MAIL_ACCOUNT?: string
  LIMIT_TWO_FACTOR?: string
}
