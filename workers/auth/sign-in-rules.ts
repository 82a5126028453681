// What Better Auth lets through and we do not: endless names, everybody's passwords, unknown languages.
import { Locale, PersonName } from '#shared/contracts/account'
import { isCommonPassword } from './password-rules.ts'
import { accountError } from './sign-in-answer.ts'

export type SignInBody = Record<string, unknown>

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const MAX_EMAIL = 254

export function requireGoodBody({ path, body }: { path: string; body: SignInBody }): Response | null {
  const password = path === 'sign-up/email' ? textOf(body.password) : textOf(body.newPassword)
  if (password !== undefined && isCommonPassword(password, textOf(body.email))) {
    return accountError({
      status: 400,
      code: 'PASSWORD_TOO_COMMON',
      message: 'This password is among the first that are tried. Choose another one.',
    })
  }
  if ((path === 'sign-up/email' || body.name !== undefined) && !path.startsWith('organization/')) {
    if (!PersonName.safeParse(body.name).success)
      return accountError({ status: 400, code: 'INVALID_NAME', message: 'A name has 1 to 100 characters.' })
  }
  if ((textOf(body.email)?.length ?? 0) > MAX_EMAIL)
    return accountError({ status: 400, code: 'INVALID_EMAIL', message: 'This is not an e-mail address.' })
  if (body.locale !== undefined && !Locale.safeParse(body.locale).success) {
    return accountError({ status: 400, code: 'INVALID_LOCALE', message: 'This language is not known here.' })
  }
  // A picture would be fetched by everyone who sees it.
  if (body.image !== undefined && body.image !== null)
    return accountError({ status: 400, code: 'IMAGE_NOT_ALLOWED', message: 'Pictures of people are not kept.' })
  return null
}
