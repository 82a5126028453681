// The library: everything that was made or uploaded. Reached through the gateway, and by what other Workers ask of it.
import { createService } from '#shared/http/create-service'
import { consumeErasures } from './consume-erasures.ts'
import type { LibraryEnv, QueueBody } from './env.ts'
import { createRoutes } from './routes.ts'
import { sweep } from './sweep.ts'
import { systemOf } from './system-of.ts'

export { LibraryRpc } from './rpc.ts'

export default class extends createService<LibraryEnv>('library', createRoutes(systemOf)) {
  override async queue(batch: MessageBatch<QueueBody>): Promise<void> {
    await consumeErasures(batch, systemOf(this.env))
  }

  /** By the clock: what has had its time. */
  override async scheduled(): Promise<void> {
    await sweep({ ctx: systemOf(this.env) })
  }
}
