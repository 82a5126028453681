// Where things are. Every Worker is a folder with a wrangler.toml; the root's is the gateway's.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'smol-toml'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** In release order: what is called before what calls it. */
export const workers = [
  { name: 'durable-objects', config: 'durable-objects/wrangler.toml' },
  { name: 'auth', config: 'workers/auth/wrangler.toml' },
  { name: 'billing', config: 'workers/billing/wrangler.toml' },
  { name: 'vault', config: 'workers/vault/wrangler.toml' },
  { name: 'library', config: 'workers/library/wrangler.toml' },
  { name: 'chat', config: 'workers/chat/wrangler.toml' },
  { name: 'webhooks', config: 'workers/webhooks/wrangler.toml' },
  { name: 'images', config: 'workers/images/wrangler.toml' },
  { name: 'gateway', config: 'wrangler.toml' },
]

/** Run beside the platform on a developer's machine and never deployed. */
export const localWorkers = [{ name: 'local-stripe', config: 'workers/local-stripe/wrangler.toml' }]

export const readConfig = (worker) => parse(readFileSync(join(root, worker.config), 'utf8'))

export const bin = (name) => join(root, 'node_modules', '.bin', name)
