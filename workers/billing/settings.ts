// What the operator decided about money, read once into the shapes that the verbs want.
import { billingModes, type BillingMode } from '#shared/contracts/billing'
import type { BillingEnv } from './env.ts'

export interface BillingSettings {
  mode: BillingMode
  /** No money moves: Stripe's test mode, or a stand-in for it. */
  testPayments: boolean
  stripe: { secretKey: string; webhookSecret: string | null; apiBase: string | null } | null
  hasTax: boolean
  graceMs: number
  defaultCurrency: string
  seller: { name: string; address: string[]; taxIds: string[] }
  /** An address to go to for plans by contract; null where none is told. */
  salesContact: string | null
  /** The site's own address, without a slash at its end. */
  siteUrl: string
}

type Settings = Partial<
  Pick<
    BillingEnv,
    | 'BILLING_MODE'
    | 'STRIPE_SECRET_KEY'
    | 'STRIPE_WEBHOOK_SECRET'
    | 'STRIPE_API_BASE'
    | 'STRIPE_TAX'
    | 'BILLING_GRACE_DAYS'
    | 'DEFAULT_CURRENCY'
    | 'SELLER_NAME'
    | 'SELLER_ADDRESS'
    | 'SELLER_TAX_IDS'
    | 'SALES_CONTACT'
    | 'PUBLIC_URL'
    | 'LOCAL_URL'
  >
>

const DAY_MS = 86_400_000
const DEFAULT_GRACE_DAYS = 7
/** What `npm start` listens on where it is not told otherwise. */
const DEFAULT_LOCAL_URL = 'http://localhost:8787'

const textOf = (setting: string | undefined): string | null => setting?.trim() || null

const linesOf = (setting: string | undefined): string[] =>
  (setting ?? '')
    .split('|')
    .map((line) => line.trim())
    .filter(Boolean)

const addressOf = (setting: string | undefined): string | null => textOf(setting)?.replace(/\/+$/, '') ?? null

function modeOf({ BILLING_MODE: setting, STRIPE_SECRET_KEY: key }: Settings): BillingMode {
  const mode = textOf(setting)?.toLowerCase()
  if (mode === undefined) return textOf(key) === null ? 'granted' : 'stripe'
  const known = billingModes.find((each) => each === mode)
  if (!known) throw new Error(`BILLING_MODE is not ${billingModes.join(', ')}`)
  if (known === 'stripe' && textOf(key) === null) throw new Error('BILLING_MODE=stripe needs STRIPE_SECRET_KEY')
  return known
}

function graceOf(setting: string | undefined): number {
  const text = textOf(setting)
  const days = text === null ? DEFAULT_GRACE_DAYS : Number(text)
  if (!Number.isInteger(days) || days < 0 || days > 365) throw new Error('BILLING_GRACE_DAYS is not a number of days')
  return days * DAY_MS
}

function currencyOf(setting: string | undefined): string {
  const currency = textOf(setting)?.toLowerCase() ?? 'usd'
  if (!/^[a-z]{3}$/.test(currency)) throw new Error('DEFAULT_CURRENCY is not a currency’s three letters')
  return currency
}

function contactOf(setting: string | undefined): string | null {
  const contact = textOf(setting)
  if (contact === null || /^https:\/\/[^\s/]+/.test(contact)) return contact
  if (/^[^\s@/:?&]+@[^\s@/:?&]+$/.test(contact)) return `mailto:${contact}`
  throw new Error('SALES_CONTACT is neither an e-mail address nor an https address')
}

export function billingSettings(env: Settings): BillingSettings {
  const mode = modeOf(env)
  const secretKey = textOf(env.STRIPE_SECRET_KEY)
  return {
    mode,
    testPayments: mode === 'stripe' && /^[sr]k_test_/.test(secretKey ?? ''),
    stripe:
      mode === 'stripe' && secretKey !== null
        ? {
            secretKey,
            webhookSecret: textOf(env.STRIPE_WEBHOOK_SECRET),
            apiBase: addressOf(env.STRIPE_API_BASE),
          }
        : null,
    hasTax: textOf(env.STRIPE_TAX)?.toLowerCase() === 'on',
    graceMs: graceOf(env.BILLING_GRACE_DAYS),
    defaultCurrency: currencyOf(env.DEFAULT_CURRENCY),
    seller: {
      name: textOf(env.SELLER_NAME) ?? 'Riwaq',
      address: linesOf(env.SELLER_ADDRESS),
      taxIds: linesOf(env.SELLER_TAX_IDS),
    },
    salesContact: contactOf(env.SALES_CONTACT),
    siteUrl: addressOf(env.PUBLIC_URL) ?? addressOf(env.LOCAL_URL) ?? DEFAULT_LOCAL_URL,
  }
}
