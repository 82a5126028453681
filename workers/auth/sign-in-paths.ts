// The routes of Better Auth that are open, each with its limits and its consequences. Roles, members and
// invitations are changed by /api/organizations alone.
import { askWhoseAddress, confirmOnSignIn } from './confirm-address.ts'
import type { AuthContext } from './context.ts'
import type { Guarded } from './limits.ts'
import type { SignInBody } from './sign-in-rules.ts'
import { resolvePrincipal } from './resolve-principal.ts'
import { readChallenges, readSessionTokens } from './session-cookie.ts'
import { endKeysOfLeaver, tellOfLeaver, tellOfNewPassword } from './sign-in-consequences.ts'

interface Asked {
  body: SignInBody
  query: URLSearchParams
  ctx: AuthContext
}

export interface SignInPath {
  path: string
  method: 'GET' | 'POST'
  limits?: (asked: Asked) => Guarded[] | Promise<Guarded[]>
  /** Decided by us, whatever the caller sent. */
  forced?: SignInBody
  /** Answers instead of Better Auth where it may not go on. */
  before?: (asked: Asked) => Promise<Response | null>
  afterwards?: (done: Asked & { response: Response }) => Promise<void>
}

const account = (body: SignInBody): string => (typeof body.email === 'string' ? body.email : '')

const mailLimits = ({ body, ctx }: Asked): Guarded[] => [
  { limit: 'mail-address', who: ctx.address },
  { limit: 'mail-account', who: account(body) },
]

/** Whose password is asked for again: the session's person, whatever other cookies are sent beside it. */
async function passwordLimits({ ctx }: Asked): Promise<Guarded[]> {
  const cookie = ctx.headers.get('cookie') ?? ''
  const principal = await resolvePrincipal({ cookie, origin: ctx.origin, ctx })
  return [{ limit: 'sign-in-account', who: principal.kind === 'user' ? principal.userId : ctx.address }]
}

/**
 * Before the second factor there is no account to name, but there is the challenge that the first one left. Only
 * genuine ones count, and all of them: made-up cookies do not begin a new count.
 */
async function codeLimits({ ctx }: Asked): Promise<Guarded[]> {
  const cookie = ctx.headers.get('cookie') ?? ''
  const proofs = [...(await readChallenges(cookie, ctx.secret)), ...(await readSessionTokens(cookie, ctx.secret))]
  return (proofs.length > 0 ? proofs : [ctx.address]).map((who) => ({ limit: 'two-factor', who }))
}

export const signInPaths: readonly SignInPath[] = [
  { path: 'ok', method: 'GET' },
  { path: 'error', method: 'GET' },
  { path: 'sign-up/email', method: 'POST', limits: ({ ctx }) => [{ limit: 'sign-up', who: ctx.address }] },
  {
    path: 'sign-in/email',
    method: 'POST',
    limits: ({ body, ctx }) => [
      { limit: 'sign-in-address', who: ctx.address },
      { limit: 'sign-in-account', who: account(body) },
    ],
    before: confirmOnSignIn,
  },
  { path: 'sign-out', method: 'POST' },
  { path: 'get-session', method: 'GET' },
  { path: 'list-sessions', method: 'GET' },
  { path: 'revoke-session', method: 'POST' },
  { path: 'revoke-sessions', method: 'POST' },
  { path: 'revoke-other-sessions', method: 'POST' },
  { path: 'request-password-reset', method: 'POST', limits: mailLimits },
  { path: 'reset-password', method: 'POST', limits: ({ ctx }) => [{ limit: 'sign-in-address', who: ctx.address }] },
  { path: 'reset-password/*', method: 'GET' },
  { path: 'send-verification-email', method: 'POST', limits: mailLimits },
  { path: 'verify-email', method: 'GET', before: askWhoseAddress },
  {
    path: 'change-password',
    method: 'POST',
    limits: passwordLimits,
    forced: { revokeOtherSessions: true },
    afterwards: tellOfNewPassword,
  },
  { path: 'change-email', method: 'POST', limits: mailLimits },
  { path: 'update-user', method: 'POST' },
  { path: 'two-factor/enable', method: 'POST', limits: passwordLimits },
  { path: 'two-factor/disable', method: 'POST', limits: passwordLimits },
  { path: 'two-factor/get-totp-uri', method: 'POST', limits: passwordLimits },
  { path: 'two-factor/verify-totp', method: 'POST', limits: codeLimits },
  { path: 'two-factor/verify-backup-code', method: 'POST', limits: codeLimits },
  { path: 'two-factor/generate-backup-codes', method: 'POST', limits: passwordLimits },
  { path: 'organization/create', method: 'POST' },
  { path: 'organization/check-slug', method: 'POST' },
  { path: 'organization/list', method: 'GET' },
  { path: 'organization/set-active', method: 'POST' },
  { path: 'organization/get-invitation', method: 'GET' },
  { path: 'organization/accept-invitation', method: 'POST' },
  { path: 'organization/reject-invitation', method: 'POST' },
  { path: 'organization/leave', method: 'POST', before: endKeysOfLeaver, afterwards: tellOfLeaver },
]
