// The tenants of the audit: some with plenty, some whose credit or budgets run out while everybody is asking.
import { createKey, signUp, signUpOperator, type Person } from '../support/person.ts'
import { FIRST, SECOND } from './plan.ts'
import type { Caller } from './drive.ts'

export interface Limited {
  /** `organization`, `key:…`, `member:…` or `model:…`, as the ledger calls it. */
  account: string
  limitMicros: number
}

export interface Tenant {
  name: string
  person: Person
  userId: string
  callers: (Caller & { keyId: string })[]
  limits: Limited[]
}

export interface World {
  tenants: Tenant[]
  callers: Caller[]
}

interface Wish {
  name: string
  creditMicros: number
  organizationMicros?: number
  memberMicros?: number
  modelMicros?: number
  keys: (number | null)[]
}

/** An answer costs 50 to 500 micros: the tight ones are spent by some hundreds of calls. */
const wishes: Wish[] = [
  { name: 'plenty', creditMicros: 50_000_000, keys: [null, null, null] },
  { name: 'little credit', creditMicros: 90_000, keys: [null, null] },
  { name: 'keys with budgets', creditMicros: 20_000_000, keys: [30_000, 60_000, null] },
  { name: 'a budget of the organization', creditMicros: 20_000_000, organizationMicros: 90_000, keys: [null, 50_000] },
  {
    name: 'budgets of member and model',
    creditMicros: 20_000_000,
    memberMicros: 100_000,
    modelMicros: 25_000,
    keys: [null, null],
  },
]

const put = (person: Person, account: string, budget_micros: number) =>
  person.json(`/api/organizations/current/limits/${encodeURIComponent(account)}`, {
    method: 'PUT',
    body: JSON.stringify({ budget_micros, budget_period: 'month' }),
  })

async function settle(wish: Wish, { url, operator }: { url: string; operator: Person }): Promise<Tenant> {
  const person = await signUp(url, { name: wish.name })
  const account = await person.json<{ user: { id: string } }>('/api/account')
  const userId = account.user.id
  await operator.json(`/api/admin/organizations/${person.organizationId}/grant`, {
    method: 'POST',
    body: JSON.stringify({ id: 'audit', amount_micros: wish.creditMicros }),
  })
  const limits: Limited[] = []
  async function limit(name: string, limitMicros: number | undefined): Promise<void> {
    if (limitMicros === undefined) return
    await put(person, name, limitMicros)
    limits.push({ account: name, limitMicros })
  }
  await limit('organization', wish.organizationMicros)
  await limit(`member:${userId}`, wish.memberMicros)
  await limit(`model:${SECOND}`, wish.modelMicros)
  const callers: Tenant['callers'] = []
  for (const budget of wish.keys) {
    const { id, key } = await createKey(
      person,
      budget === null ? {} : { budget_micros: budget, budget_period: 'month' },
    )
    if (budget !== null) limits.push({ account: `key:${id}`, limitMicros: budget })
    callers.push({ organizationId: person.organizationId, key, keyId: id })
  }
  return { name: wish.name, person, userId, callers, limits }
}

export async function createWorld(url: string): Promise<World> {
  const operator = await signUpOperator(url)
  const tenants: Tenant[] = []
  for (const wish of wishes) tenants.push(await settle(wish, { url, operator }))
  return { tenants, callers: tenants.flatMap(({ callers }) => callers) }
}

export const auditSettings = (providerPort: number): Record<string, string> => ({
  BILLING_MODE: 'granted',
  COMPATIBLE_API_KEY: 'audit',
  COMPATIBLE_BASE_URL: `http://127.0.0.1:${providerPort}/v1`,
  COMPATIBLE_MODELS: JSON.stringify([
    {
      id: FIRST.slice('compatible/'.length),
      input: 1,
      output: 2,
      cached_input: 0.5,
      context: 32_768,
      max_output: 4_096,
    },
    {
      id: SECOND.slice('compatible/'.length),
      input: 3,
      output: 7,
      cached_input: 1,
      context: 32_768,
      max_output: 4_096,
    },
  ]),
  ADMIN_EMAILS: 'operator@example.com',
  SIGNUP_CREDIT_MICROS: '1000',
  LIMIT_SIGN_UP: 'off',
  LIMIT_SIGN_IN_ADDRESS: 'off',
  LIMIT_SIGN_IN_ACCOUNT: 'off',
  LIMIT_SESSION_CALLS: 'off',
})

/** Micros per token, which is what dollars per million are. */
export const priceOfModel: Record<string, { input: number; output: number }> = {
  [FIRST]: { input: 1, output: 2 },
  [SECOND]: { input: 3, output: 7 },
}
