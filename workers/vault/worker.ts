// The vault: vendors' keys of organizations. Reached by the gateway for HTTP, and by RPC for the keys themselves.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { VaultQuestions } from '#shared/contracts/vault'
import { createService } from '#shared/http/create-service'
import { vaultContext, type VaultContext } from './context.ts'
import type { VaultEnv } from './env.ts'
import { openProviderKeys } from './open-provider-keys.ts'
import { createRoutes } from './routes.ts'

export default createService<VaultEnv>('vault', createRoutes())

interface CallerProps {
  caller?: string
}

/** Who may be given a key: the Workers that call vendors. */
const callers = new Set(['chat', 'images'])

export class VaultRpc extends WorkerEntrypoint<VaultEnv, CallerProps> implements VaultQuestions {
  #context(): VaultContext {
    if (!callers.has(this.ctx.props?.caller ?? '')) throw new Error('this Worker is given no keys')
    return vaultContext(this.env)
  }

  async providerKeysOf({ organizationId }: { organizationId: string }) {
    return openProviderKeys({ organizationId, ctx: this.#context() })
  }

  async markUsed({ organizationId, keyId }: { organizationId: string; keyId: string }) {
    const { keys, clock } = this.#context()
    await keys.markUsed({ organizationId, id: keyId, at: clock() })
  }
}
