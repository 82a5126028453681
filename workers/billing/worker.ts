// Plans, payments and the usage book. Reads of usage are answered by the ledgers themselves; the queues bring their
// entries and what Stripe has to say.
import { createService } from '#shared/http/create-service'
import { billingSystem, type BillingEnv } from './context.ts'
import { consumeQueue, sweepMoney } from './queues.ts'
import { startReconciliation } from './reconciliation/start-reconciliation.ts'
import { routes } from './routes.ts'

export { BillingRpc } from './rpc.ts'

/** As wrangler.toml has it. */
const NIGHT = '17 3 * * *'

export default class extends createService<BillingEnv>('billing', routes) {
  override async queue(batch: MessageBatch<unknown>): Promise<void> {
    await consumeQueue(batch, this.env)
  }

  override async scheduled({ cron }: ScheduledController): Promise<void> {
    const ctx = billingSystem(this.env)
    if (cron !== NIGHT) return sweepMoney({ ctx })
    await sweepMoney({ ctx, thorough: true })
    await ctx.jobs.send({ kind: 'credit', after: '' })
    if (ctx.settings.mode === 'stripe') await startReconciliation({ ctx })
  }
}
