import type { AuthQuestions } from '#shared/contracts/account'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { NoticeQueue } from '#shared/contracts/notices'
import type { ServiceBindings } from '#shared/http/create-service-app'
import type { Objects, RegionSettings } from '#shared/lib/object-of'
import type { JobQueue } from './stripe-events/jobs.ts'

export interface BillingEnv extends ServiceBindings, RegionSettings {
  DB: D1Database
  LEDGER: Objects<LedgerRpc>
  AUTH_RPC: Pick<AuthQuestions, 'roleOf' | 'recordAudit' | 'organizationOf' | 'organizationIdsAfter'>
  NOTICES: NoticeQueue
  STRIPE_EVENTS: JobQueue
  /** `stripe`, `granted` or `unlimited`. Unset: `stripe` where there is a key for it, else `granted`. */
  BILLING_MODE?: string
  STRIPE_SECRET_KEY?: string
  STRIPE_WEBHOOK_SECRET?: string
  /** Where Stripe answers, if it is not Stripe's own address: a stand-in on a developer's machine. */
  STRIPE_API_BASE?: string
  /** `on`: Stripe Tax computes what is added. */
  STRIPE_TAX?: string
  /** Days from a payment's first failure until paid calls stop. */
  BILLING_GRACE_DAYS?: string
  DEFAULT_CURRENCY?: string
  /** Who sells, as it stands on receipts; lines of the address and tax ids are separated by `|`. */
  SELLER_NAME?: string
  SELLER_ADDRESS?: string
  SELLER_TAX_IDS?: string
  /** Where plans by contract are talked about: an e-mail address, or a page. */
  SALES_CONTACT?: string
  /** The site's own address. Unset on a developer's machine. */
  PUBLIC_URL?: string
  /** Where a copy on a developer's machine answers. */
  LOCAL_URL?: string
}
