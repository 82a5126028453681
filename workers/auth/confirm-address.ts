// Whose address is it? A link in a mail proves the mailbox, and nothing about who opened the account: somebody may
// have signed up with an address that is not theirs, and be waiting for its owner to follow the link. An address
// counts as confirmed when one person shows both: the mailbox, and the account's session or password. An owner who
// knows neither chooses a new password by mail; what was done with the account before then ends.
import { and, eq } from 'drizzle-orm'
import { verifyJWT } from 'better-auth/crypto'
import { z } from 'zod'
import { accounts, members, sessions, twoFactors, users } from '#db/schema/auth'
import { localeOf } from './account-mails.ts'
import type { AuthContext, SystemContext } from './context.ts'
import { ensurePersonalOrganization } from './ensure-personal-organization.ts'
import { resolvePrincipal } from './resolve-principal.ts'
import { accountError } from './sign-in-answer.ts'
import type { SignInBody } from './sign-in-rules.ts'

type User = typeof users.$inferSelect

const Link = z.object({ email: z.string(), updateTo: z.string().optional() })

async function readLink(token: string, ctx: SystemContext): Promise<z.infer<typeof Link> | null> {
  const parsed = Link.safeParse(await verifyJWT(token, ctx.secret))
  return parsed.success ? parsed.data : null
}

async function findByEmail(email: string, ctx: SystemContext): Promise<User | undefined> {
  const [person] = await ctx.db.select().from(users).where(eq(users.email, email.toLowerCase())).limit(1)
  return person
}

async function isSignedInAs(userId: string, ctx: AuthContext): Promise<boolean> {
  const principal = await resolvePrincipal({ cookie: ctx.headers.get('cookie') ?? '', origin: ctx.origin, ctx })
  return principal.kind === 'user' && principal.userId === userId
}

/** Sends whoever follows the link without the account's session to sign in first. */
export async function askWhoseAddress({ query, ctx }: { query: URLSearchParams; ctx: AuthContext }) {
  const token = query.get('token') ?? ''
  const link = await readLink(token, ctx)
  const person = link && (await findByEmail(link.email, ctx))
  // Better Auth says itself what is wrong with a link that is old, forged or used.
  if (!link || !person || (person.emailVerified && !link.updateTo)) return null
  if (await isSignedInAs(person.id, ctx)) return null
  const wanted: Record<string, string> = link.updateTo
    ? { next: `/api/auth/verify-email?${query.toString()}` }
    : { confirmation: token, next: `/${localeOf(person)}/verified` }
  const location = `/${localeOf(person)}/sign-in?${new URLSearchParams(wanted).toString()}`
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
}

async function hasPassword({ userId, password, ctx }: { userId: string; password: string; ctx: SystemContext }) {
  const [account] = await ctx.db
    .select({ hash: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')))
  return Boolean(account?.hash) && ctx.passwords.verify({ hash: account!.hash!, password })
}

const deadLink = () =>
  accountError({ status: 400, code: 'INVALID_TOKEN', message: 'This link does not confirm this address any more.' })

/** Signing in with the token of such a link: mailbox and password together. A wrong password is Better Auth's to refuse. */
export async function confirmOnSignIn({ body, ctx }: { body: SignInBody; ctx: SystemContext }) {
  if (body.confirmation === undefined || body.confirmation === null) return null
  if (typeof body.confirmation !== 'string') return deadLink()
  const email = typeof body.email === 'string' ? body.email.toLowerCase() : ''
  const link = await readLink(body.confirmation, ctx)
  if (!link || link.updateTo || link.email.toLowerCase() !== email) return deadLink()
  const person = await findByEmail(email, ctx)
  if (!person) return deadLink()
  const password = typeof body.password === 'string' ? body.password : ''
  if (!person.emailVerified && (await hasPassword({ userId: person.id, password, ctx })))
    await confirmAddress({ person, ctx })
  return null
}

async function confirmAddress({ person, ctx }: { person: User; ctx: SystemContext }): Promise<void> {
  await ctx.db
    .update(users)
    .set({ emailVerified: true, updatedAt: new Date(ctx.now()) })
    .where(eq(users.id, person.id))
  await afterConfirmation({ person, ctx })
}

/** What waits for it: the sign-up credit, where addresses must be confirmed. */
export async function afterConfirmation({
  person,
  ctx,
}: {
  person: { id: string; name: string }
  ctx: SystemContext
}): Promise<void> {
  await ensurePersonalOrganization({ person: { ...person, emailVerified: true }, ctx })
}

/**
 * A new password by mail for an account whose address nobody had confirmed: whoever opened it may have been
 * somebody else. Their sessions, keys and second factor end before the address counts.
 */
export async function takeOver({ userId, ctx }: { userId: string; ctx: SystemContext }): Promise<void> {
  const [person] = await ctx.db.select().from(users).where(eq(users.id, userId))
  if (!person || person.emailVerified) return
  await ctx.db.batch([
    ctx.db.delete(sessions).where(eq(sessions.userId, userId)),
    ctx.db.delete(twoFactors).where(eq(twoFactors.userId, userId)),
    ctx.db.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, userId)),
  ])
  if (await endKeys({ userId, ctx })) await confirmAddress({ person, ctx })
}

/** False where a ledger could not be asked: the new password stands, and the address waits for its link. */
async function endKeys({ userId, ctx }: { userId: string; ctx: SystemContext }): Promise<boolean> {
  const mine = await ctx.db
    .select({ organizationId: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId))
  try {
    for (const { organizationId } of mine) await ctx.ledgerOf(organizationId).revokeKeysOf({ userId })
    return true
  } catch (error) {
    ctx.logger.error('keys-not-ended', {
      user_id: userId,
      internal: error instanceof Error ? error.message : String(error),
    })
    return false
  }
}
