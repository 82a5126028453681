// The billing service's named entrypoint: what other Workers may ask it.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { BillingQuestions } from '#shared/contracts/billing'
import { seatsOf, storageQuotaOf, subscribed, welcome } from './answers.ts'
import { billingSystem, type BillingEnv } from './context.ts'

interface Asked {
  organizationId: string
}

export class BillingRpc extends WorkerEntrypoint<BillingEnv> implements BillingQuestions {
  async welcome({ organizationId }: Asked) {
    await welcome({ organizationId, ctx: billingSystem(this.env) })
  }

  async seatsOf({ organizationId }: Asked) {
    return seatsOf({ organizationId, ctx: billingSystem(this.env) })
  }

  async storageQuotaOf({ organizationId }: Asked) {
    return storageQuotaOf({ organizationId, ctx: billingSystem(this.env) })
  }

  async subscribed({ organizationId }: Asked) {
    return subscribed({ organizationId, ctx: billingSystem(this.env) })
  }

  async health() {
    await this.env.DB.prepare('select 1').first()
    return { database: true }
  }
}
