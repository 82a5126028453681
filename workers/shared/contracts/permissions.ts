// The one permission table: who may do what. Enforced in `http/require-permission.ts` (and, for paid calls
// made with a key, inside the ledger's `admit()`), shown in the docs. Nothing else compares roles.

export const roles = ['owner', 'admin', 'member', 'billing', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What an API key may be allowed to do. */
export const scopes = ['models', 'chat', 'images', 'conversations', 'library', 'usage', 'keys', 'organization'] as const
export type Scope = (typeof scopes)[number]

interface Permission {
  roles: readonly Role[]
  /** The scope with which an API key may do the same; null where only a person may. */
  scope: Scope | null
}

const everyone = roles
const workers = ['owner', 'admin', 'member'] as const
const managers = ['owner', 'admin'] as const
/** A viewer looks after what is done; a word list may say what members are not to know. */
const overseers = ['owner', 'admin', 'viewer'] as const
const money = ['owner', 'admin', 'billing'] as const
/** Members never pay: plans, payments and invoices are for those who answer for them. */
const payers = ['owner', 'billing'] as const

export const permissions = {
  'models.read': { roles: everyone, scope: 'models' },
  'chat.use': { roles: workers, scope: 'chat' },
  'images.use': { roles: workers, scope: 'images' },
  'library.use': { roles: workers, scope: 'library' },
  'conversations.use': { roles: workers, scope: 'conversations' },
  'usage.read-own': { roles: everyone, scope: 'usage' },
  'usage.read-organization': { roles: money, scope: 'usage' },
  'balance.read': { roles: everyone, scope: 'usage' },
  'keys.use': { roles: workers, scope: 'keys' },
  'keys.manage-all': { roles: managers, scope: 'keys' },
  'members.read': { roles: everyone, scope: 'organization' },
  'members.manage': { roles: managers, scope: null },
  'budgets.manage': { roles: money, scope: null },
  'organization.read': { roles: everyone, scope: 'organization' },
  'organization.update': { roles: managers, scope: null },
  'organization.delete': { roles: ['owner'], scope: null },
  'policy.read': { roles: overseers, scope: 'organization' },
  'policy.manage': { roles: managers, scope: null },
  'requests.read': { roles: managers, scope: 'organization' },
  'requests.delete': { roles: managers, scope: null },
  'audit.read': { roles: managers, scope: 'organization' },
  'webhooks.manage': { roles: managers, scope: 'organization' },
  'provider-keys.manage': { roles: managers, scope: null },
  'billing.read': { roles: payers, scope: null },
  'billing.manage': { roles: payers, scope: null },
} as const satisfies Record<string, Permission>

export type Action = keyof typeof permissions

export const roleMay = (role: Role, action: Action): boolean =>
  (permissions[action].roles as readonly Role[]).includes(role)

export const scopesAllow = (granted: readonly Scope[], action: Action): boolean => {
  const { scope } = permissions[action]
  return scope !== null && granted.includes(scope)
}

/** Whether a person in this role may do anything that this scope opens for a key. */
export const roleMayUse = (role: Role, scope: Scope): boolean =>
  (Object.keys(permissions) as Action[]).some((action) => permissions[action].scope === scope && roleMay(role, action))
