// One platform for all journeys: real vendors' settings, pointed at emulators that each journey starts on
// ports chosen here.
import type { TestProject } from 'vitest/node'
import { replicateSecret } from './support/replicate-server.ts'
import { freePort, startPlatform } from './support/start-platform.ts'

declare module 'vitest' {
  interface ProvidedContext {
    platformUrl: string
    dataDir: string
    /** A third party's emulator of OpenAI and Anthropic listens here. */
    emulatorPort: number
    /** Our own provider that counts what it delivered and to whom listens here. */
    countingPort: number
    /** fal's and Replicate's stand-ins listen here. */
    falPort: number
    replicatePort: number
    /** The local stand-in for Stripe listens here. */
    stripeUrl: string
  }
}

export default async function setup(project: TestProject) {
  const emulatorPort = await freePort()
  const countingPort = await freePort()
  const falPort = await freePort()
  const replicatePort = await freePort()
  const stripePort = await freePort()
  const platform = await startPlatform({
    settings: {
      OPENAI_API_KEY: 'sk-emulated',
      OPENAI_BASE_URL: `http://127.0.0.1:${emulatorPort}/v1`,
      ANTHROPIC_API_KEY: 'sk-ant-emulated',
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${emulatorPort}`,
      COMPATIBLE_API_KEY: 'counting',
      COMPATIBLE_BASE_URL: `http://127.0.0.1:${countingPort}/v1`,
      COMPATIBLE_MODELS: JSON.stringify([
        { id: 'counting', input: 1, output: 2, cached_input: 0.5, context: 32768, max_output: 4096 },
        { id: 'small-window', input: 1, output: 2, cached_input: 0.5, context: 1200, max_output: 200 },
        { id: 'unpriced' },
      ]),
      MODEL_ROUTES: JSON.stringify([
        { name: 'reliable', targets: [{ model: 'compatible/counting' }, { model: 'riwaq/sandbox-guide' }] },
      ]),
      FAL_KEY: 'fal-key',
      FAL_BASE_URL: `http://127.0.0.1:${falPort}`,
      FAL_JWKS_URL: `http://127.0.0.1:${falPort}/.well-known/jwks.json`,
      REPLICATE_API_TOKEN: 'replicate-key',
      REPLICATE_BASE_URL: `http://127.0.0.1:${replicatePort}`,
      REPLICATE_WEBHOOK_SECRET: replicateSecret,
      ADMIN_EMAILS: 'operator@example.com',
      SANDBOX: 'on',
      LOCAL_STRIPE_PORT: String(stripePort),
      // Who does not pay is stopped at once.
      BILLING_GRACE_DAYS: '0',
      // A second each instead of a day in all.
      WEBHOOK_RETRY_SECONDS: '1,1,1',
    },
  })
  project.provide('platformUrl', platform.url)
  project.provide('dataDir', platform.dataDir)
  project.provide('emulatorPort', emulatorPort)
  project.provide('countingPort', countingPort)
  project.provide('falPort', falPort)
  project.provide('replicatePort', replicatePort)
  project.provide('stripeUrl', `http://127.0.0.1:${stripePort}`)
  return () => platform.stop()
}
