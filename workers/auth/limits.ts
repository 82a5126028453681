// Limits of what strangers may try: sign-ups, passwords, codes and mails, by address and by account.
// Where the limiter cannot be asked, people are let in all the same: a lock that fails shut would lock out
// everybody, and passwords are still checked.
import type { RateLimit } from '#shared/contracts/rate-limiter'
import { Problem } from '#shared/http/problems'
import { sha256Hex } from '#shared/lib/bytes'
import type { AuthContext } from './context.ts'
import type { LimitName } from './settings.ts'

export interface Guarded {
  limit: LimitName
  /** Whose bucket: an address, or what was typed as an account. */
  who: string
}

/** Whatever was typed, in a name of fixed length that tells nothing. */
const objectName = async ({ limit, who }: Guarded): Promise<string> =>
  `${limit}:${(await sha256Hex(who.trim().toLowerCase())).slice(0, 40)}`

function tooMany(name: LimitName, limit: RateLimit, retryAfterSeconds: number): Problem {
  const wait = Math.max(1, Math.ceil(retryAfterSeconds))
  return new Problem('rate_limit_exceeded', `Too many attempts. Try again in ${wait} seconds.`, {
    retryAfterSeconds: wait,
    facts: { limit: limit.limit, window_seconds: limit.windowSeconds, retry_after_seconds: wait },
    headers: {
      'ratelimit-policy': `"${name}";q=${limit.limit};w=${limit.windowSeconds}`,
      ratelimit: `"${name}";r=0;t=${wait}`,
    },
  })
}

/** `mail-account`: the same mails for one account, whoever asks. True where a limit could not be asked. */
export async function takeAttempt({ guarded, ctx }: { guarded: Guarded[]; ctx: AuthContext }): Promise<boolean> {
  let degraded = false
  for (const one of guarded) {
    const limit = ctx.settings.limits[one.limit]
    if (!limit) continue
    const taken = await ctx
      .limiterOf(await objectName(one))
      .take(limit)
      .catch(() => null)
    if (taken === null) degraded = true
    else if (!taken.allowed) throw tooMany(one.limit, limit, taken.retryAfterSeconds)
  }
  return degraded
}

/** A success: the attempts before it were the person's own. */
export async function forgiveAttempts({ guarded, ctx }: { guarded: Guarded[]; ctx: AuthContext }): Promise<void> {
  for (const one of guarded) {
    if (ctx.settings.limits[one.limit])
      await ctx
        .limiterOf(await objectName(one))
        .reset()
        .catch(() => undefined)
  }
}
