// Better Auth, configured: sign-up, sign-in, sessions, second factor, mails and the membership routes.
// One engine for each address of the site and isolate, because its cookies depend on the address.
import { isAPIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { organization, twoFactor } from 'better-auth/plugins'
import * as schema from '#db/schema/auth'
import type { IdKind } from '#shared/lib/ids'
import { accessControl, organizationRoles } from './organization-roles.ts'
import type { SystemContext } from './context.ts'
import { databaseHooks } from './database-hooks.ts'
import { accountMails } from './account-mails.ts'
import { afterConfirmation, takeOver } from './confirm-address.ts'
import { inBackground } from './background.ts'
import { organizationHooks } from './organization-hooks.ts'
import { MAXIMAL_LENGTH, MINIMAL_LENGTH } from './password-rules.ts'
import { COOKIE_PREFIX } from './session-cookie.ts'
import { isLoopback } from './settings.ts'

const DAY = 86_400

const idKinds: Record<string, IdKind> = {
  user: 'user',
  session: 'session',
  account: 'account',
  verification: 'verification',
  organization: 'organization',
  member: 'member',
  invitation: 'invitation',
  twoFactor: 'twoFactor',
}

const withoutAddresses = (message: string): string => message.replace(/\S+@\S+/g, '…').slice(0, 200)

/** A refusal is an answer like any other; what is noted is what should not have happened. */
function noteFailure(error: unknown, ctx: SystemContext): void {
  if (isAPIError(error) && error.statusCode < 500) return
  ctx.logger.error('better-auth-failed', {
    internal: error instanceof Error ? withoutAddresses(`${error.name}: ${error.message}`) : 'unknown',
  })
}

/** The address that links and cookies are made for. */
export function siteOrigin({ origin, ctx }: { origin: string; ctx: SystemContext }): string {
  const { publicUrl } = ctx.settings
  if (publicUrl === undefined) return origin
  return isLoopback(publicUrl) && isLoopback(origin) ? origin : new URL(publicUrl).origin
}

export function createBetterAuth({ origin, ctx }: { origin: string; ctx: SystemContext }) {
  const { settings, db } = ctx
  const mails = accountMails({ ctx, origin })
  return betterAuth({
    appName: 'Riwaq',
    baseURL: origin,
    basePath: '/api/auth',
    secret: ctx.secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    // Our own limiter guards these routes: it is shared by all isolates, and counts accounts as well.
    rateLimit: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message) => ctx.logger.warn('better-auth', { internal: withoutAddresses(message) }),
    },
    onAPIError: { onError: (error) => noteFailure(error, ctx) },
    database: drizzleAdapter(db, {
      provider: 'sqlite',
      schema: {
        user: schema.users,
        session: schema.sessions,
        account: schema.accounts,
        verification: schema.verifications,
        organization: schema.organizations,
        member: schema.members,
        invitation: schema.invitations,
        twoFactor: schema.twoFactors,
      },
    }),
    user: {
      additionalFields: { locale: { type: 'string', required: false, input: true } },
      changeEmail: { enabled: true, sendChangeEmailConfirmation: mails.changeEmail },
      deleteUser: { enabled: false },
    },
    emailAndPassword: {
      enabled: true,
      password: ctx.passwords,
      autoSignIn: true,
      minPasswordLength: MINIMAL_LENGTH,
      maxPasswordLength: MAXIMAL_LENGTH,
      requireEmailVerification: settings.requireVerifiedEmail,
      resetPasswordTokenExpiresIn: 3_600,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: mails.resetPassword,
      onPasswordReset: async ({ user }) => {
        await takeOver({ userId: user.id, ctx })
        await mails.passwordChanged({ user })
      },
    },
    // The link proves the address and nothing more: it would otherwise let its reader past the second factor.
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: false,
      expiresIn: 3_600,
      sendVerificationEmail: mails.verifyEmail,
      afterEmailVerification: (user) => afterConfirmation({ person: user, ctx }),
    },
    session: { expiresIn: 30 * DAY, updateAge: DAY, freshAge: DAY },
    databaseHooks: databaseHooks(ctx),
    plugins: [
      organization({
        ac: accessControl,
        roles: organizationRoles,
        creatorRole: 'owner',
        organizationLimit: 20,
        membershipLimit: 1_000,
        disableOrganizationDeletion: true,
        // The id comes by mail to the invited address and has 80 random bits: having it is the proof.
        requireEmailVerificationOnInvitation: false,
        organizationHooks: organizationHooks(ctx),
      }),
      twoFactor({ issuer: 'Riwaq' }),
    ],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      backgroundTasks: { handler: inBackground },
      // Said aloud, because it is otherwise left out where tests run.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-riwaq-client-address'] },
      database: { generateId: ({ model }) => ctx.createId(idKinds[model] ?? 'verification'), validateSchema: false },
    },
  })
}

export interface AuthEngine {
  handler(request: Request): Promise<Response>
}

/** A machine has a handful of addresses; more would be made-up `Host` headers. */
const MAX_ENGINES = 8
const engines = new WeakMap<SystemContext, Map<string, AuthEngine>>()

export function authEngine({ origin, ctx }: { origin: string; ctx: SystemContext }): AuthEngine {
  const site = siteOrigin({ origin, ctx })
  const known = engines.get(ctx) ?? new Map<string, AuthEngine>()
  engines.set(ctx, known)
  const found = known.get(site)
  if (found) return found
  const engine = createBetterAuth({ origin: site, ctx })
  if (known.size < MAX_ENGINES) known.set(site, engine)
  return engine
}
