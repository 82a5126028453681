// Better Auth's occasions for a mail, handed to the mailer in the person's own language.
import { Locale } from '#shared/contracts/account'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'

interface Person {
  id: string
  name: string
  email: string
}

interface WithLink {
  user: Person
  url: string
  token: string
}

export const localeOf = (user: object): Locale => Locale.catch('en').parse((user as { locale?: unknown }).locale)

/** Better Auth's link leads through its own route to the page that asked; without one, straight to ours. */
function linkTo({ url, token, page, origin }: { url: string; token: string; page: string; origin: string }): string {
  const callback = new URL(url).searchParams.get('callbackURL')
  return callback && callback !== '/' ? url : `${origin}${page}?token=${encodeURIComponent(token)}`
}

export const accountMails = ({ ctx, origin }: { ctx: SystemContext; origin: string }) => ({
  verifyEmail: async ({ user, url }: WithLink) => {
    const locale = localeOf(user)
    const link = new URL(url)
    if ((link.searchParams.get('callbackURL') ?? '/') === '/')
      link.searchParams.set('callbackURL', `/${locale}/verified`)
    await ctx.mailer.send({ to: user.email, kind: 'verify-email', locale, url: link.href, name: user.name })
  },
  resetPassword: async ({ user, url, token }: WithLink) => {
    const locale = localeOf(user)
    const link = linkTo({ url, token, page: `/${locale}/reset-password`, origin })
    await ctx.mailer.send({ to: user.email, kind: 'reset-password', locale, url: link, name: user.name })
  },
  changeEmail: async ({ user, url }: WithLink) => {
    await ctx.mailer.send({ to: user.email, kind: 'change-email', locale: localeOf(user), url, name: user.name })
  },
  passwordChanged: async ({ user }: { user: Person }) => {
    await auditInsert({ ctx, actor: { userId: user.id }, action: 'password.changed', targetId: user.id })
    await ctx.mailer.send({ to: user.email, kind: 'password-changed', locale: localeOf(user), name: user.name })
  },
})
