// Better Auth's own routes, those that are open here. Their answers are Better Auth's.
import { regions } from '../../lib/region.ts'
import { z } from 'zod'
import type { Route } from '../route.ts'

const email = z.email()
const password = z.string()
const anything = z.union([z.looseObject({}), z.array(z.looseObject({})), z.null()])
const ok = (description: string) => [{ status: 200, description, schema: anything }]
const taken = {
  status: 422,
  description: 'There is an account with this address.',
  contentType: 'application/problem+json',
}
/** Its own rules refuse with these statuses, whoever may ask. */
const refusals = ['invalid_request', 'unauthenticated', 'permission_denied'] as const

interface Row {
  path: string
  id: string
  summary: string
  method?: 'get' | 'post'
  access?: Route['access']
  body?: z.ZodType
  /** Nothing at all may be sent instead of a body. */
  optional?: boolean
  example?: unknown
}

const rows: Row[] = [
  { path: 'ok', id: 'authOk', summary: 'Whether signing in is up', method: 'get', access: 'anyone' },
  { path: 'error', id: 'authError', summary: 'Where a link that failed leads', method: 'get', access: 'anyone' },
  {
    path: 'sign-up/email',
    id: 'signUp',
    summary: 'Sign up',
    access: 'anyone',
    body: z.object({ name: z.string(), email, password, callbackURL: z.string().optional() }),
    example: { name: 'Amal', email: 'amal@example.com', password: 'a long pass phrase' },
  },
  {
    path: 'sign-in/email',
    id: 'signIn',
    summary: 'Sign in; the session comes as a cookie',
    access: 'anyone',
    body: z.object({
      email,
      password,
      rememberMe: z.boolean().optional(),
      callbackURL: z.string().optional(),
      confirmation: z
        .string()
        .optional()
        .describe('the token of a confirmation link that was followed elsewhere: mailbox and password together'),
    }),
    example: { email: 'amal@example.com', password: 'a long pass phrase' },
  },
  { path: 'sign-out', id: 'signOut', summary: 'Sign out' },
  { path: 'get-session', id: 'getSession', summary: 'The session that is open', method: 'get', access: 'anyone' },
  { path: 'list-sessions', id: 'listSessions', summary: 'Your sessions', method: 'get' },
  { path: 'revoke-session', id: 'revokeSession', summary: 'End one session', body: z.object({ token: z.string() }) },
  { path: 'revoke-sessions', id: 'revokeSessions', summary: 'End all sessions' },
  { path: 'revoke-other-sessions', id: 'revokeOtherSessions', summary: 'End all sessions but this one' },
  {
    path: 'request-password-reset',
    id: 'requestPasswordReset',
    summary: 'Ask for a mail to reset the password',
    access: 'anyone',
    body: z.object({ email, redirectTo: z.string().optional() }),
  },
  {
    path: 'reset-password',
    id: 'resetPassword',
    summary: 'Set a new password',
    access: 'anyone',
    body: z.object({ newPassword: password, token: z.string() }),
  },
  {
    path: 'reset-password/{token}',
    id: 'openPasswordReset',
    summary: 'The link of the mail for a new password',
    method: 'get',
    access: 'anyone',
  },
  {
    path: 'send-verification-email',
    id: 'sendVerificationEmail',
    summary: 'Ask for another verification mail',
    access: 'anyone',
    body: z.object({ email, callbackURL: z.string().optional() }),
  },
  { path: 'verify-email', id: 'verifyEmail', summary: 'The link of that mail', method: 'get', access: 'anyone' },
  {
    path: 'change-password',
    id: 'changePassword',
    summary: 'Change your password',
    body: z.object({ currentPassword: password, newPassword: password }),
  },
  { path: 'change-email', id: 'changeEmail', summary: 'Change your address', body: z.object({ newEmail: email }) },
  {
    path: 'update-user',
    id: 'updateUser',
    summary: 'Change your name',
    body: z.object({ name: z.string().optional() }),
  },
  {
    path: 'two-factor/enable',
    id: 'enableTwoFactor',
    summary: 'Begin to use a second factor',
    body: z.object({ password }),
  },
  {
    path: 'two-factor/disable',
    id: 'disableTwoFactor',
    summary: 'Do without a second factor',
    body: z.object({ password }),
  },
  {
    path: 'two-factor/get-totp-uri',
    id: 'getTotpUri',
    summary: 'The secret again, for another device',
    body: z.object({ password }),
  },
  {
    path: 'two-factor/verify-totp',
    id: 'verifyTotp',
    summary: 'Prove the second factor',
    access: 'anyone',
    body: z.object({ code: z.string(), trustDevice: z.boolean().optional() }),
  },
  {
    path: 'two-factor/verify-backup-code',
    id: 'verifyBackupCode',
    summary: 'Use a backup code',
    access: 'anyone',
    body: z.object({ code: z.string() }),
  },
  {
    path: 'two-factor/generate-backup-codes',
    id: 'generateBackupCodes',
    summary: 'New backup codes',
    body: z.object({ password }),
  },
  {
    path: 'organization/create',
    id: 'createOrganization',
    summary: 'Make an organization',
    body: z.object({
      name: z.string(),
      slug: z.string(),
      metadata: z
        .object({
          region: z
            .enum(regions)
            .nullable()
            .describe('where its objects live from then on; null: nowhere in particular'),
        })
        .optional(),
    }),
  },
  {
    path: 'organization/check-slug',
    id: 'checkSlug',
    summary: 'Whether a short name is free',
    body: z.object({ slug: z.string() }),
  },
  { path: 'organization/list', id: 'listOwnOrganizations', summary: 'Your organizations', method: 'get' },
  {
    path: 'organization/set-active',
    id: 'setActiveOrganization',
    summary: 'Act for another organization',
    body: z.object({ organizationId: z.string().nullish() }),
    optional: true,
  },
  { path: 'organization/get-invitation', id: 'getInvitation', summary: 'An invitation to you', method: 'get' },
  {
    path: 'organization/accept-invitation',
    id: 'acceptInvitation',
    summary: 'Accept it',
    body: z.object({ invitationId: z.string() }),
  },
  {
    path: 'organization/reject-invitation',
    id: 'rejectInvitation',
    summary: 'Refuse it',
    body: z.object({ invitationId: z.string() }),
  },
  {
    path: 'organization/leave',
    id: 'leaveOrganization',
    summary: 'Leave an organization',
    body: z.object({ organizationId: z.string() }),
  },
]

const queries: Record<string, string> = { 'verify-email': 'token', 'organization/get-invitation': 'id' }

export const signInRoutes: Route[] = rows.map(
  ({ path, id, summary, method = 'post', access = 'session', body, optional, example }) => ({
    method,
    path: `/api/auth/${path}`,
    id,
    tag: 'sign-in',
    summary,
    access,
    ...(path.includes('{token}') && {
      parameters: [
        { name: 'token', in: 'path', description: 'From the mail.', required: true, schema: { type: 'string' } },
      ],
    }),
    ...(queries[path] && {
      parameters: [
        { name: queries[path], in: 'query', description: 'From the mail.', required: true, schema: { type: 'string' } },
      ],
    }),
    ...(body && { request: { schema: body, example, optional } }),
    answers: [...ok('Better Auth’s answer.'), ...(id === 'signUp' ? [taken] : [])],
    problems: [...refusals],
    errors: 'account' as const,
  }),
)
