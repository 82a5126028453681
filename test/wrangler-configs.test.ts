// Configuration is code: what every Worker may hold, checked over every wrangler.toml.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { localSettingsOf, settingsOf } from '../scripts/lib/settings.mjs'
import { localWorkers, workers } from '../scripts/lib/project.mjs'

interface Config {
  name: string
  compatibility_date: string
  compatibility_flags: string[]
  workers_dev?: boolean
  preview_urls?: boolean
  routes?: unknown
  route?: unknown
  vars?: Record<string, unknown>
  durable_objects?: { bindings: { name: string; class_name: string; script_name?: string }[] }
  services?: { binding: string; service: string; entrypoint?: string; props?: { caller?: string } }[]
  d1_databases?: { binding: string; database_name: string; database_id: string }[]
  r2_buckets?: { binding: string }[]
  queues?: {
    producers?: { binding: string; queue: string }[]
    consumers?: { queue: string; dead_letter_queue?: string }[]
  }
  send_email?: { name: string }[]
  ai?: { binding: string }
  assets?: { binding: string }
}

/** The table of the README: what a Worker may be bound to. Anything else needs a line here first. */
const mayHold: Record<string, string[]> = {
  gateway: [
    'AUTH',
    'AUTH_RPC',
    'BILLING',
    'CHAT',
    'WEBHOOKS',
    'VAULT',
    'IMAGES',
    'LIBRARY',
    'LEDGER',
    'RATE_LIMITER',
    'ASSETS',
  ],
  auth: [
    'DB',
    'LEDGER',
    'RATE_LIMITER',
    'EMAIL',
    'ERASURES',
    'WEBHOOK_ERASURES',
    'BILLING_ERASURES',
    'LIBRARY_ERASURES',
    'IMAGE_ERASURES',
    'NOTICES',
    'BILLING_RPC',
  ],
  billing: ['DB', 'LEDGER', 'AUTH_RPC', 'NOTICES', 'STRIPE_EVENTS'],
  chat: [
    'DB',
    'LEDGER',
    'CONVERSATION',
    'ANSWER_RUNNER',
    'MEDIA',
    'AI',
    'AUTH_RPC',
    'VAULT_RPC',
    'RATE_LIMITER',
    'LIBRARY_RPC',
  ],
  webhooks: ['DB', 'AUTH_RPC', 'NOTICES', 'DELIVERIES'],
  vault: ['DB', 'LEDGER', 'AUTH_RPC', 'NOTICES'],
  images: ['DB', 'LEDGER', 'FEED', 'JOB_ALARM', 'JOBS', 'LIBRARY_RPC', 'CHAT_RPC', 'AUTH_RPC', 'VAULT_RPC', 'AI'],
  library: ['DB', 'MEDIA', 'FEED', 'BILLING_RPC', 'AUTH_RPC'],
  'durable-objects': [
    'LEDGER',
    'RATE_LIMITER',
    'CONVERSATION',
    'FEED',
    'JOB_ALARM',
    'LEDGER_ENTRIES',
    'NOTICES',
    'IMAGE_JOBS',
  ],
}

const configs = new Map(
  workers.map(({ name, config }) => [name, parse(readFileSync(config, 'utf8')) as unknown as Config]),
)

const bindingsOf = (config: Config): string[] => [
  ...(config.durable_objects?.bindings ?? []).map(({ name }) => name),
  ...(config.services ?? []).map(({ binding }) => binding),
  ...(config.d1_databases ?? []).map(({ binding }) => binding),
  ...(config.r2_buckets ?? []).map(({ binding }) => binding),
  ...(config.queues?.producers ?? []).map(({ binding }) => binding),
  ...(config.send_email ?? []).map(({ name }) => name),
  ...(config.ai ? [config.ai.binding] : []),
  ...(config.assets ? [config.assets.binding] : []),
]

test('every folder with a wrangler.toml is a Worker that start, test and deploy know', () => {
  const found = readdirSync('workers').filter((name) => existsSync(join('workers', name, 'wrangler.toml')))
  const known = workers.map(({ name }) => name)
  const local = localWorkers.map(({ name }) => name)
  for (const name of found) expect([...known, ...local]).toContain(name)
  expect(Object.keys(settingsOf).toSorted()).toEqual([...known].toSorted())
  expect(Object.keys(localSettingsOf)).toEqual(local)
})

test('the stand-in for Stripe is never deployed and knows no secret of the platform’s', () => {
  expect(workers.map(({ name }) => name)).not.toContain('local-stripe')
  expect(localSettingsOf['local-stripe']).toEqual([
    'LOCAL_STRIPE_ORIGIN',
    'LOCAL_STRIPE_WEBHOOK_URL',
    'STRIPE_WEBHOOK_SECRET',
  ])
  for (const { config } of localWorkers) {
    const { workers_dev, preview_urls, routes, route } = parse(readFileSync(config, 'utf8')) as unknown as Config
    expect([workers_dev, preview_urls, routes, route]).toEqual([false, false, undefined, undefined])
  }
})

test.each([...configs])('%s shares the date and the flags of the whole house', (_, config) => {
  expect(config.compatibility_date).toBe(configs.get('gateway')!.compatibility_date)
  expect(config.compatibility_flags).toContain('nodejs_compat')
})

test.each([...configs].filter(([name]) => name !== 'gateway'))(
  '%s cannot be reached from the internet',
  (_, config) => {
    expect(config.workers_dev).toBe(false)
    expect(config.preview_urls).toBe(false)
    expect(config.routes ?? config.route).toBeUndefined()
  },
)

test('a service notices a client who leaves', () => {
  for (const name of ['chat']) expect(configs.get(name)!.compatibility_flags).toContain('enable_request_signal')
})

test.each([...configs])('%s is bound to nothing beyond the table', (name, config) => {
  for (const binding of bindingsOf(config)) expect(mayHold[name]).toContain(binding)
})

test.each([...configs])('%s finds each Durable Object in the script that hosts it', (name, config) => {
  for (const { class_name, script_name } of config.durable_objects?.bindings ?? []) {
    const home = class_name === 'AnswerRunner' ? 'chat' : 'durable-objects'
    expect(script_name ?? configs.get(name)!.name).toBe(configs.get(home)!.name)
  }
})

test('the gateway names itself to every service it calls', () => {
  for (const { entrypoint, props } of configs.get('gateway')!.services ?? []) {
    if (!entrypoint) expect(props).toEqual({ caller: 'gateway' })
  }
})

test('what the vault holds is handed to those who call vendors and to nobody else', () => {
  const doors = [...configs].flatMap(([name, { services = [] }]) =>
    services.filter(({ entrypoint }) => entrypoint === 'VaultRpc').map(({ props }) => [name, props?.caller]),
  )
  expect(doors).toEqual([
    ['chat', 'chat'],
    ['images', 'images'],
  ])
  const asked = /callers = new Set\(\[(.*)\]\)/.exec(readFileSync('workers/vault/worker.ts', 'utf8'))?.[1] ?? ''
  expect(asked.match(/\w+/g)).toEqual(doors.map(([, caller]) => caller))
})

test('all Workers share one database', () => {
  const ids = [...configs.values()].flatMap(({ d1_databases = [] }) =>
    d1_databases.map(({ database_name, database_id }) => `${database_name} ${database_id}`),
  )
  expect(new Set(ids).size).toBe(1)
})

test('every queue that is consumed has a place for what cannot be consumed', () => {
  for (const config of configs.values())
    for (const { queue, dead_letter_queue } of config.queues?.consumers ?? [])
      if (!queue.endsWith('-dead')) expect(dead_letter_queue).toBe(`${queue}-dead`)
})

test('no secret is written into a config', () => {
  for (const config of configs.values())
    for (const name of Object.keys(config.vars ?? {})) expect(name).not.toMatch(/(_KEY|_SECRET|_TOKEN)$/)
})

test('a vendor’s key reaches the Workers that call it alone, the session secret the auth Worker alone', () => {
  const holders = (setting: string) =>
    Object.entries(settingsOf as Record<string, string[]>)
      .filter(([, settings]) => settings.includes(setting))
      .map(([name]) => name)
  for (const setting of ['OPENAI_API_KEY', 'GEMINI_API_KEY', 'COMPATIBLE_API_KEY'])
    expect(holders(setting)).toEqual(['chat', 'images'])
  expect(holders('ANTHROPIC_API_KEY')).toEqual(['chat'])
  for (const setting of ['FAL_KEY', 'REPLICATE_API_TOKEN', 'REPLICATE_WEBHOOK_SECRET'])
    expect(holders(setting)).toEqual(['images'])
  expect(holders('LIBRARY_KEY')).toEqual(['library'])
  expect(holders('BETTER_AUTH_SECRET')).toEqual(['auth'])
  expect(holders('STRIPE_SECRET_KEY')).toEqual(['billing'])
  expect(holders('STRIPE_WEBHOOK_SECRET')).toEqual(['billing'])
  expect(holders('WEBHOOKS_KEY')).toEqual(['webhooks'])
  expect(holders('VAULT_KEY')).toEqual(['vault'])
  expect(holders('VAULT_KEY_PREVIOUS')).toEqual(['vault'])
})
