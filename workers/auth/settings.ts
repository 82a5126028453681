// What the operator decided, read once into the shapes that the verbs want.
import type { RateLimit } from '#shared/contracts/rate-limiter'
import { parseRateLimit } from '#shared/http/rate-limit-setting'
import { hasRegions } from '#shared/lib/object-of'
import { isRegion, type Region } from '#shared/lib/region'
import type { AuthEnv } from './env.ts'

export const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

export const isLoopback = (origin: string | undefined): boolean =>
  origin !== undefined && URL.canParse(origin) && LOOPBACK_HOSTS.has(new URL(origin).hostname)

/** The name a limit is known by, in the settings and in the answers' headers. */
export type LimitName =
  | 'sign-up'
  | 'sign-in-address'
  | 'sign-in-account'
  | 'mail-address'
  | 'mail-account'
  | 'two-factor'

export interface AuthSettings {
  publicUrl: string | undefined
  /** For links that are made while nobody asks. */
  siteUrl: string
  adminEmails: ReadonlySet<string>
  signUpCreditMicros: number
  requireVerifiedEmail: boolean
  mailFrom: string
  /** Whether an organization can be bound to a region. */
  hasRegions: boolean
  /** Where new organizations are bound to unless they say otherwise. */
  defaultRegion: Region | null
  limits: Record<LimitName, RateLimit | null>
}

const DEFAULT_CREDIT_MICROS = 1_000_000
const HOUR = 3_600
/** What `npm start` listens on where it is not told otherwise. */
const DEFAULT_LOCAL_URL = 'http://localhost:8787'

function creditOf(setting: string | undefined): number {
  const text = setting?.trim()
  if (!text) return DEFAULT_CREDIT_MICROS
  const micros = Number(text)
  if (!Number.isSafeInteger(micros) || micros < 0)
    throw new Error('SIGNUP_CREDIT_MICROS is not a whole number of micros')
  return micros
}

function defaultRegionOf(env: AuthEnv): Region | null {
  const region = env.DEFAULT_REGION?.trim().toLowerCase()
  if (!region) return null
  if (!isRegion(region)) throw new Error('DEFAULT_REGION is not eu or us')
  if (!hasRegions(env)) throw new Error('DEFAULT_REGION needs JURISDICTIONS=on')
  return region
}

function limitsOf(env: AuthEnv, isLocal: boolean): AuthSettings['limits'] {
  // On a developer's machine everybody shares one address: limits by address would only stop the developer.
  const byAddress = (limit: RateLimit) => (isLocal ? null : limit)
  return {
    'sign-up': parseRateLimit(env.LIMIT_SIGN_UP, byAddress({ limit: 30, windowSeconds: HOUR })),
    'sign-in-address': parseRateLimit(env.LIMIT_SIGN_IN_ADDRESS, byAddress({ limit: 100, windowSeconds: 600 })),
    'sign-in-account': parseRateLimit(env.LIMIT_SIGN_IN_ACCOUNT, { limit: 10, windowSeconds: 600 }),
    'mail-address': parseRateLimit(env.LIMIT_MAIL_ADDRESS, byAddress({ limit: 20, windowSeconds: HOUR })),
    'mail-account': parseRateLimit(env.LIMIT_MAIL_ACCOUNT, { limit: 5, windowSeconds: HOUR }),
    'two-factor': parseRateLimit(env.LIMIT_TWO_FACTOR, { limit: 10, windowSeconds: 600 }),
  }
}

export function authSettings(env: AuthEnv): AuthSettings {
  const publicUrl = env.PUBLIC_URL?.trim().replace(/\/+$/, '') || undefined
  return {
    publicUrl,
    siteUrl: publicUrl ?? env.LOCAL_URL?.trim().replace(/\/+$/, '') ?? DEFAULT_LOCAL_URL,
    adminEmails: new Set(
      (env.ADMIN_EMAILS ?? '')
        .split(',')
        .map((email) => email.trim().toLowerCase())
        .filter(Boolean),
    ),
    signUpCreditMicros: creditOf(env.SIGNUP_CREDIT_MICROS),
    requireVerifiedEmail: env.REQUIRE_VERIFIED_EMAIL?.trim().toLowerCase() === 'on',
    mailFrom: env.MAIL_FROM?.trim() || 'Riwaq <no-reply@riwaq.local>',
    hasRegions: hasRegions(env),
    defaultRegion: defaultRegionOf(env),
    limits: limitsOf(env, publicUrl === undefined || isLoopback(publicUrl)),
  }
}
