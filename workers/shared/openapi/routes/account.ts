// Keys, organization, account and what operators do.
import { Account, DeleteAccount, UpdateAccount } from '../../contracts/account.ts'
import { AdminOrganizationPage, AdminUserPage, GrantCredit, GrantedCredit } from '../../contracts/administration.ts'
import { ApiKey, ApiKeyPage, CreatedKey, CreateKey, UpdateKey } from '../../contracts/keys.ts'
import { AccountLimits, AccountLimitsList, SetLimits } from '../../contracts/limits.ts'
import {
  AuditPage,
  ChangePolicy,
  CreateInvitation,
  Invitation,
  InvitationPage,
  MemberPage,
  OrganizationState,
  PolicyState,
  ReplacePolicy,
  UpdateMember,
  UpdateOrganization,
} from '../../contracts/organizations.ts'
import { pageParameters, pathId, text, type Route } from '../route.ts'

const keys = { tag: 'keys', access: 'key' } as const
const organization = { tag: 'organization', access: 'key' } as const
const account = { tag: 'account', access: 'session' } as const
const operators = { tag: 'operators', access: 'session' } as const
const keyId = pathId('id', 'The key.')
const memberId = pathId('user_id', 'The member.')
const accountName = pathId(
  'account',
  '`organization`, `member:usr_…` or `model:vendor/name`. A slash may be sent as it is or percent-encoded.',
)
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The version that was read, as `"3"`, where the body does not say it. `*` overwrites whatever is there.',
  schema: text,
} as const
const etag = { etag: 'The version, as `"3"`.' }
const search = { name: 'q', in: 'query', description: 'Part of a name or address.', schema: text } as const

export const keyRoutes: Route[] = [
  {
    ...keys,
    method: 'post',
    path: '/api/keys',
    id: 'createKey',
    summary: 'Make an API key',
    description: 'The key itself is shown once; only its hash is kept.',
    request: {
      schema: CreateKey,
      example: { name: 'my app', budget_micros: 5_000_000, budget_period: 'month', scopes: ['models', 'chat'] },
    },
    answers: [{ status: 201, description: 'The key.', schema: CreatedKey }],
  },
  {
    ...keys,
    method: 'get',
    path: '/api/keys',
    id: 'listKeys',
    summary: 'Your keys',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page.', schema: ApiKeyPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...keys,
    method: 'patch',
    path: '/api/keys/{id}',
    id: 'updateKey',
    summary: 'Change a key',
    parameters: [keyId],
    request: { schema: UpdateKey, example: { rate_limit_rpm: 60 } },
    answers: [{ status: 200, description: 'The key.', schema: ApiKey }],
    problems: ['not_found'],
  },
  {
    ...keys,
    method: 'delete',
    path: '/api/keys/{id}',
    id: 'revokeKey',
    summary: 'Revoke a key, at once',
    parameters: [keyId],
    answers: [{ status: 200, description: 'The key, revoked.', schema: ApiKey }],
    problems: ['not_found'],
  },
]

export const organizationRoutes: Route[] = [
  {
    ...organization,
    method: 'get',
    path: '/api/organizations/current',
    id: 'getOrganization',
    summary: 'Your active organization',
    answers: [{ status: 200, description: 'The organization.', schema: OrganizationState }],
  },
  {
    ...organization,
    access: 'session',
    method: 'patch',
    path: '/api/organizations/current',
    id: 'updateOrganization',
    summary: 'Rename it, or set its budget and limit',
    request: { schema: UpdateOrganization, example: { budget_micros: 50_000_000, budget_period: 'month' } },
    answers: [{ status: 200, description: 'The organization.', schema: OrganizationState }],
  },
  {
    ...organization,
    access: 'session',
    method: 'delete',
    path: '/api/organizations/current',
    id: 'deleteOrganization',
    summary: 'Delete it and all that it has',
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['conflict'],
  },
  {
    ...organization,
    method: 'get',
    path: '/api/organizations/current/audit',
    id: 'listAuditEvents',
    summary: 'Who did what',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page, newest first.', schema: AuditPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...organization,
    method: 'get',
    path: '/api/organizations/current/members',
    id: 'listMembers',
    summary: 'Members, with their budgets',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page.', schema: MemberPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...organization,
    access: 'session',
    method: 'patch',
    path: '/api/organizations/current/members/{user_id}',
    id: 'updateMember',
    summary: 'Change a member’s role or budget',
    parameters: [memberId],
    request: { schema: UpdateMember, example: { role: 'admin' } },
    answers: [{ status: 204, description: 'Done.' }],
    problems: ['not_found', 'conflict'],
  },
  {
    ...organization,
    access: 'session',
    method: 'delete',
    path: '/api/organizations/current/members/{user_id}',
    id: 'removeMember',
    summary: 'Remove a member and revoke their keys',
    parameters: [memberId],
    answers: [{ status: 204, description: 'Done.' }],
    problems: ['not_found', 'conflict'],
  },
  {
    ...organization,
    access: 'session',
    method: 'get',
    path: '/api/organizations/current/invitations',
    id: 'listInvitations',
    summary: 'Open invitations',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page.', schema: InvitationPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...organization,
    access: 'session',
    method: 'post',
    path: '/api/organizations/current/invitations',
    id: 'createInvitation',
    summary: 'Invite somebody by mail',
    request: { schema: CreateInvitation, example: { email: 'amal@example.com', role: 'member' } },
    answers: [{ status: 201, description: 'The invitation.', schema: Invitation }],
    problems: ['conflict'],
  },
  {
    ...organization,
    access: 'session',
    method: 'delete',
    path: '/api/organizations/current/invitations/{id}',
    id: 'cancelInvitation',
    summary: 'Withdraw an invitation',
    parameters: [pathId('id', 'The invitation.')],
    answers: [{ status: 204, description: 'Done.' }],
    problems: ['not_found'],
  },
]

export const limitRoutes: Route[] = [
  {
    ...organization,
    method: 'get',
    path: '/api/organizations/current/limits',
    id: 'listLimits',
    summary: 'What the organization, its members and models may spend and do',
    description: 'Whoever has limits, and the organization itself. Keys say theirs themselves.',
    answers: [{ status: 200, description: 'All of them.', schema: AccountLimitsList }],
  },
  {
    ...organization,
    method: 'get',
    path: '/api/organizations/current/limits/{account}',
    id: 'getLimits',
    summary: 'The limits of one account',
    parameters: [accountName],
    answers: [{ status: 200, description: 'The limits, with what is spent and held.', schema: AccountLimits }],
    problems: ['not_found'],
  },
  {
    ...organization,
    access: 'session',
    method: 'put',
    path: '/api/organizations/current/limits/{account}',
    id: 'setLimits',
    summary: 'Set the limits of one account',
    description: 'All of them: what is left out is lifted. Each holds from the next request on.',
    parameters: [accountName],
    request: {
      schema: SetLimits,
      example: { budget_micros: 20_000_000, budget_period: 'month', rate_limit_tpm: 200_000, parallel_requests: 8 },
    },
    answers: [{ status: 200, description: 'The limits, with what is spent and held.', schema: AccountLimits }],
    problems: ['not_found'],
  },
  {
    ...organization,
    access: 'session',
    method: 'delete',
    path: '/api/organizations/current/limits/{account}',
    id: 'liftLimits',
    summary: 'Lift the limits of one account',
    parameters: [accountName],
    answers: [{ status: 204, description: 'It has none.' }],
  },
]

export const policyRoutes: Route[] = [
  {
    ...organization,
    method: 'get',
    path: '/api/organizations/current/policy',
    id: 'getPolicy',
    summary: 'What the organization has decided for its calls',
    answers: [{ status: 200, description: 'The policy and its version.', schema: PolicyState, headers: etag }],
  },
  {
    ...organization,
    access: 'session',
    method: 'put',
    path: '/api/organizations/current/policy',
    id: 'replacePolicy',
    summary: 'Decide anew',
    description:
      'As a whole: what is left out is as it was in the beginning. Where another version is present by now the answer is 409, and nothing is changed.',
    parameters: [ifMatch],
    request: { schema: ReplacePolicy, example: { version: 3, policy: { allowed_vendors: ['anthropic', 'openai'] } } },
    answers: [{ status: 200, description: 'The policy and its version.', schema: PolicyState, headers: etag }],
    problems: ['conflict'],
  },
  {
    ...organization,
    access: 'session',
    method: 'patch',
    path: '/api/organizations/current/policy',
    id: 'changePolicy',
    summary: 'Change a part of it',
    description: 'What is left out stays as it is.',
    parameters: [ifMatch],
    request: { schema: ChangePolicy, example: { version: 3, policy: { zero_retention: true } } },
    answers: [{ status: 200, description: 'The policy and its version.', schema: PolicyState, headers: etag }],
    problems: ['conflict'],
  },
]

export const accountRoutes: Route[] = [
  {
    ...account,
    method: 'get',
    path: '/api/account',
    id: 'getAccount',
    summary: 'Who you are, and what you may do',
    answers: [{ status: 200, description: 'Your account in its active organization.', schema: Account }],
  },
  {
    ...account,
    method: 'patch',
    path: '/api/account',
    id: 'updateAccount',
    summary: 'Change your name or language',
    request: { schema: UpdateAccount, example: { locale: 'ar' } },
    answers: [{ status: 200, description: 'Your account.', schema: Account }],
  },
  {
    ...account,
    method: 'delete',
    path: '/api/account',
    id: 'deleteAccount',
    summary: 'Delete your account',
    request: { schema: DeleteAccount, example: { password: '…' } },
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['conflict'],
  },
  {
    ...account,
    method: 'get',
    path: '/api/account/export',
    id: 'exportAccount',
    summary: 'Everything that is known of you, as a file',
    answers: [{ status: 200, description: 'JSON.', contentType: 'application/json' }],
  },
]

export const operatorRoutes: Route[] = [
  {
    ...operators,
    method: 'get',
    path: '/api/admin/users',
    id: 'listUsers',
    summary: 'Everybody on this deployment',
    parameters: [...pageParameters, search],
    answers: [{ status: 200, description: 'A page.', schema: AdminUserPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...operators,
    method: 'get',
    path: '/api/admin/organizations',
    id: 'listOrganizations',
    summary: 'Every organization, with its balance',
    parameters: [...pageParameters, search],
    answers: [{ status: 200, description: 'A page.', schema: AdminOrganizationPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/admin/organizations/{id}/grant',
    id: 'grantCredit',
    summary: 'Grant credit',
    description: 'The same `id` is granted once.',
    parameters: [pathId('id', 'The organization.')],
    request: { schema: GrantCredit, example: { id: 'welcome-2026', amount_micros: 5_000_000 } },
    answers: [{ status: 200, description: 'What was granted.', schema: GrantedCredit }],
    problems: ['not_found'],
  },
]
