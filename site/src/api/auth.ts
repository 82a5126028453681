// The account routes, as Better Auth spells them. Its errors carry `{code, message}` and arrive as `ApiProblem`.
import type { Region } from '#shared/lib/region'
import { api } from './client.ts'
import { forgetSignedIn } from './signed-in.ts'

const at = (route: string) => `/api/auth/${route}`

export type SignInResult = { twoFactorRedirect: true } | { twoFactorRedirect?: undefined }

/** `token` is null where the address must be confirmed before there is a session. */
export const signUp = (input: {
  name: string
  email: string
  password: string
  locale: string
  callbackURL: string
}): Promise<{ token: string | null } | null> => api.post(at('sign-up/email'), input)
/** `confirmation`: the token of a confirmation link that was followed elsewhere. */
export const signIn = async (input: {
  email: string
  password: string
  rememberMe?: boolean
  confirmation?: string
}): Promise<SignInResult> => (await api.post<SignInResult | null>(at('sign-in/email'), input)) ?? {}
export async function signOut(): Promise<void> {
  await api.post(at('sign-out'))
  forgetSignedIn()
}

export const verifyTotp = (input: { code: string; trustDevice?: boolean }): Promise<unknown> =>
  api.post(at('two-factor/verify-totp'), input)
export const verifyBackupCode = (input: { code: string; trustDevice?: boolean }): Promise<unknown> =>
  api.post(at('two-factor/verify-backup-code'), input)
export const enableTwoFactor = (password: string): Promise<{ totpURI: string; backupCodes: string[] }> =>
  api.post(at('two-factor/enable'), { password })
export const disableTwoFactor = (password: string): Promise<unknown> => api.post(at('two-factor/disable'), { password })

export const requestPasswordReset = (input: { email: string; redirectTo: string }): Promise<unknown> =>
  api.post(at('request-password-reset'), input)
export const resetPassword = (input: { newPassword: string; token: string }): Promise<unknown> =>
  api.post(at('reset-password'), input)
export const changePassword = (input: {
  currentPassword: string
  newPassword: string
  revokeOtherSessions: boolean
}): Promise<unknown> => api.post(at('change-password'), input)
export const sendVerificationEmail = (input: { email: string; callbackURL: string }): Promise<unknown> =>
  api.post(at('send-verification-email'), input)

export interface Session {
  id: string
  token: string
  createdAt: string
  updatedAt: string
  expiresAt: string
  ipAddress?: string | null
  userAgent?: string | null
}

export const getSession = (
  signal?: AbortSignal,
): Promise<{ session: Session; user: { email: string; name: string } } | null> => api.get(at('get-session'), { signal })
export const listSessions = (signal?: AbortSignal): Promise<Session[]> => api.get(at('list-sessions'), { signal })
export const revokeSession = (token: string): Promise<unknown> => api.post(at('revoke-session'), { token })
export const revokeOtherSessions = (): Promise<unknown> => api.post(at('revoke-other-sessions'))

export interface Organization {
  id: string
  name: string
  slug: string
}

export interface Invitation {
  id: string
  email: string
  role: string
  status: string
  expiresAt: string
  organizationId: string
  organizationName: string
  inviterEmail: string
}

export const listOrganizations = (signal?: AbortSignal): Promise<Organization[]> =>
  api.get(at('organization/list'), { signal })
/** Without a region it is bound to none, unless the operator binds all that do not say. */
export const createOrganization = ({
  region,
  ...input
}: {
  name: string
  slug: string
  region: Region | null
}): Promise<Organization> => api.post(at('organization/create'), { ...input, metadata: { region } })
export const setActiveOrganization = (organizationId: string): Promise<unknown> =>
  api.post(at('organization/set-active'), { organizationId })
export const getInvitation = (id: string, signal?: AbortSignal): Promise<Invitation> =>
  api.get(at('organization/get-invitation'), { query: { id }, signal })
export const acceptInvitation = (invitationId: string): Promise<{ invitation?: { organizationId: string } }> =>
  api.post(at('organization/accept-invitation'), { invitationId })
export const rejectInvitation = (invitationId: string): Promise<unknown> =>
  api.post(at('organization/reject-invitation'), { invitationId })
