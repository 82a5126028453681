// Settings come from .dev.vars and from the process environment, which wins. A secret reaches one Worker:
// this table says which.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.mjs'

const everyWorker = ['PRINCIPAL_KEY']
/** Whoever asks an organization's objects. */
const regions = ['JURISDICTIONS']
/** Whoever answers the world: the gateway, and a service with a route of its own. */
const entrance = ['PUBLIC_URL', 'LIMIT_SESSION_CALLS', 'LIMIT_ANONYMOUS_CALLS', 'LIMIT_UNKNOWN_KEYS', 'LOG_REQUESTS']

export const settingsOf = {
  gateway: [...everyWorker, ...regions, ...entrance],
  auth: [
    ...everyWorker,
    ...regions,
    'DEFAULT_REGION',
    'BETTER_AUTH_SECRET',
    'PUBLIC_URL',
    'LOCAL_URL',
    'COMPATIBLE_BASE_URL',
    'COMPATIBLE_MODELS',
    'ADMIN_EMAILS',
    'SIGNUP_CREDIT_MICROS',
    'REQUIRE_VERIFIED_EMAIL',
    'MAIL_FROM',
    'LIMIT_SIGN_UP',
    'LIMIT_SIGN_IN_ADDRESS',
    'LIMIT_SIGN_IN_ACCOUNT',
    'LIMIT_MAIL_ADDRESS',
    'LIMIT_MAIL_ACCOUNT',
    'LIMIT_TWO_FACTOR',
  ],
  billing: [
    ...everyWorker,
    ...regions,
    'PUBLIC_URL',
    'LOCAL_URL',
    'BILLING_MODE',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'STRIPE_API_BASE',
    'STRIPE_TAX',
    'BILLING_GRACE_DAYS',
    'DEFAULT_CURRENCY',
    'SELLER_NAME',
    'SELLER_ADDRESS',
    'SELLER_TAX_IDS',
    'SALES_CONTACT',
  ],
  chat: [
    ...everyWorker,
    ...regions,
    ...entrance,
    'OPENAI_API_KEY',
    'OPENAI_BASE_URL',
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_BASE_URL',
    'GEMINI_API_KEY',
    'GEMINI_BASE_URL',
    'GROQ_API_KEY',
    'GROQ_BASE_URL',
    'DEEPSEEK_API_KEY',
    'DEEPSEEK_BASE_URL',
    'MISTRAL_API_KEY',
    'MISTRAL_BASE_URL',
    'XAI_API_KEY',
    'XAI_BASE_URL',
    'COMPATIBLE_BASE_URL',
    'COMPATIBLE_API_KEY',
    'COMPATIBLE_MODELS',
    'MODEL_ROUTES',
    'CACHE_HIT_PRICE_PERCENT',
    'PRICE_MARKUP_PERCENT',
    'WORKERS_AI',
    'SANDBOX',
    'IMAGE_VENDORS',
  ],
  webhooks: [...everyWorker, 'PUBLIC_URL', 'WEBHOOKS_KEY', 'WEBHOOK_RETRY_SECONDS'],
  vault: [...everyWorker, ...regions, 'PUBLIC_URL', 'VAULT_KEY', 'VAULT_KEY_PREVIOUS'],
  images: [
    ...everyWorker,
    ...regions,
    'PUBLIC_URL',
    'LOCAL_URL',
    'OPENAI_API_KEY',
    'OPENAI_BASE_URL',
    'GEMINI_API_KEY',
    'GEMINI_BASE_URL',
    'COMPATIBLE_BASE_URL',
    'COMPATIBLE_API_KEY',
    'COMPATIBLE_MODELS',
    'IMAGE_MODERATION',
    'REPLICATE_API_TOKEN',
    'REPLICATE_BASE_URL',
    'REPLICATE_WEBHOOK_SECRET',
    'FAL_KEY',
    'FAL_BASE_URL',
    'FAL_JWKS_URL',
    'PRICE_MARKUP_PERCENT',
    'WORKERS_AI',
    'SANDBOX',
  ],
  library: [...everyWorker, ...regions, 'PUBLIC_URL', 'LOCAL_URL', 'LIBRARY_KEY', 'STORAGE_QUOTA_BYTES'],
  'durable-objects': [],
}

/** Of Workers that are never deployed. */
export const localSettingsOf = {
  'local-stripe': ['LOCAL_STRIPE_ORIGIN', 'LOCAL_STRIPE_WEBHOOK_URL', 'STRIPE_WEBHOOK_SECRET'],
}

/** Those that must not be shown in a dashboard: put with `wrangler secret`, never as a plain variable. */
export const isSecret = (name) => /(_KEY|_SECRET|_TOKEN)(_PREVIOUS)?$/.test(name)

export function parseVars(text) {
  const values = {}
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)
    if (!match || line.trimStart().startsWith('#')) continue
    const [, name, raw] = match
    const quoted = /^(['"`])([\s\S]*)\1$/.exec(raw)
    values[name] = quoted ? quoted[2] : raw.replace(/\s+#.*$/, '')
  }
  return values
}

/** Of a run on a developer's machine. */
const ofTheRun = ['LOCAL_STRIPE_PORT']

/** Of the release itself, not of a Worker. */
const ofTheRelease = ['OWN_ROUTES', 'DATA_JURISDICTION']

/** Whoever lists models need not hold the keys of those that another Worker calls: it is told that there are some. */
function imageVendorsOf({ FAL_KEY, REPLICATE_API_TOKEN }) {
  return [FAL_KEY && 'fal', REPLICATE_API_TOKEN && 'replicate'].filter(Boolean).join(',')
}

export function readSettings({ file = join(root, '.dev.vars'), environment = process.env } = {}) {
  const fromFile = existsSync(file) ? parseVars(readFileSync(file, 'utf8')) : {}
  const names = new Set([...Object.values(settingsOf).flat(), ...ofTheRelease, ...ofTheRun])
  const settings = {}
  for (const name of names) {
    const value = environment[name] ?? fromFile[name]
    if (value !== undefined && value !== '') settings[name] = value
  }
  const imageVendors = imageVendorsOf(settings)
  if (imageVendors) settings.IMAGE_VENDORS ??= imageVendors
  return settings
}

/** Locally, what must be secret but need not be known is made once and kept with the data. */
export function withLocalSecrets(settings, dataDir) {
  const path = join(dataDir, 'secrets.json')
  const made = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  for (const name of ['BETTER_AUTH_SECRET', 'PRINCIPAL_KEY', 'WEBHOOKS_KEY', 'VAULT_KEY', 'LIBRARY_KEY'])
    made[name] ??= randomBytes(32).toString('base64url')
  // A key of Stripe's test mode by its form, known to the stand-in on this machine alone.
  made.LOCAL_STRIPE_KEY ??= `sk_test_local_${randomBytes(18).toString('base64url')}`
  made.LOCAL_STRIPE_WEBHOOK_SECRET ??= `whsec_${randomBytes(24).toString('base64url')}`
  writeFileSync(path, JSON.stringify(made, null, 2))
  chmodSync(path, 0o600)
  return { ...made, ...settings }
}
