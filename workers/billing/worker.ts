// The usage book. Reads are answered by the ledgers themselves; the queue brings their entries to D1.
import { createService } from '#shared/http/create-service'
import { createLogger } from '#shared/http/log'
import { bookOf, type BillingEnv } from './context.ts'
import { recordEntries } from './record-entries.ts'
import { routes } from './routes.ts'

export default class extends createService<BillingEnv>('billing', routes) {
  override async queue(batch: MessageBatch<unknown>): Promise<void> {
    await recordEntries(batch, { book: bookOf(this.env), logger: createLogger({ service: 'billing' }) })
  }
}

export { BillingRpc } from './rpc.ts'
