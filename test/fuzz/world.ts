// Who asks in the fuzz run: two organizations with things of their own, people and keys that may much or little, and
// accounts that are there to be destroyed.
import { createKey, post, signUp, signUpOperator, type Person } from '../support/person.ts'
import type { Json } from './description.ts'

const SCOPES = ['models', 'chat', 'conversations', 'usage', 'keys', 'organization']
const PLENTY_MICROS = 500_000_000

/** main: everything that does not destroy. wild: an owner who changes every rule of theirs. */
export type CallerName =
  | 'stranger'
  | 'invented key'
  | 'owner'
  | 'member'
  | 'key'
  | 'narrow key'
  | 'wild owner'
  | 'wild key'
  | 'throwaway'

/** Ids of things by the segment of the path that they follow. */
export type Ids = Record<string, string[]>

export interface FuzzWorld {
  headersOf(caller: CallerName, at: number): Record<string, string>
  /** Whose books are to be right afterwards. */
  people: Person[]
  own: Ids
  wild: Ids
  foreign: Ids
  /** A session that a throwaway account has ended is replaced by another. */
  renew(at: number): Promise<void>
}

const body = (value: Json) => ({ method: 'POST', body: JSON.stringify(value) })

async function found(url: string, { operator, slug }: { operator: Person; slug: string }): Promise<Person> {
  const person = await signUp(url, { name: 'Rihla' })
  const { id } = await person.json<{ id: string }>('/api/auth/organization/create', body({ name: 'Rihla', slug }))
  await operator.json(`/api/admin/organizations/${id}/grant`, body({ id: 'fuzz', amount_micros: PLENTY_MICROS }))
  return { ...person, organizationId: id }
}

async function join(url: string, owner: Person): Promise<Person> {
  const person = await signUp(url, { name: 'Huda' })
  const path = '/api/organizations/current/invitations'
  const { id } = await owner.json<{ id: string }>(path, body({ email: person.email, role: 'member' }))
  await person.json('/api/auth/organization/accept-invitation', body({ invitationId: id }))
  return person
}

/** One of everything that has an id. */
async function furnish(url: string, owner: Person, { model, hook }: { model: string; hook: string }): Promise<Ids> {
  const { key, id: spare } = await createKey(owner, { scopes: SCOPES })
  const said = await post(`${url}/v1/responses`, { model, input: 'hello' }, { authorization: `Bearer ${key}` })
  const response = (await said.json()) as { id: string }
  const conversation = await owner.json<{ id: string }>('/api/conversations', body({ model, content: 'hello' }))
  const { data: messages } = await owner.json<{ data: { id: string }[] }>(
    `/api/conversations/${conversation.id}/messages`,
  )
  const webhook = await owner.json<{ id: string }>('/api/webhooks', body({ url: hook }))
  await owner.json(`/api/webhooks/${webhook.id}/test`, { method: 'POST' })
  const { data: deliveries } = await owner.json<{ data: { id: string }[] }>(`/api/webhooks/${webhook.id}/deliveries`)
  const invitation = await owner.json<{ id: string }>(
    '/api/organizations/current/invitations',
    body({ email: `invited-${owner.organizationId}@example.com`, role: 'viewer' }),
  )
  const { user } = await owner.json<{ user: { id: string } }>('/api/account')
  return {
    keys: [spare],
    responses: [response.id],
    conversations: [conversation.id],
    messages: messages.map(({ id }) => id),
    webhooks: [webhook.id],
    deliveries: deliveries.map(({ id }) => id),
    invitations: [invitation.id],
    members: [user.id],
    organizations: [owner.organizationId],
    limits: [`member:${user.id}`],
  }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

export async function createFuzzWorld(
  url: string,
  { model, hook }: { model: string; hook: string },
): Promise<FuzzWorld> {
  const operator = await signUpOperator(url)
  const owner = await found(url, { operator, slug: 'fuzz-main' })
  const wildOwner = await found(url, { operator, slug: 'fuzz-wild' })
  const other = await found(url, { operator, slug: 'fuzz-other' })
  const member = await join(url, owner)
  const throwaways = await Promise.all(Array.from({ length: 3 }, () => signUp(url, { name: 'Nobody' })))
  const [full, narrow, wildKey] = await Promise.all([
    createKey(owner, { scopes: SCOPES, rate_limit_rpm: 100_000 }),
    createKey(owner, { scopes: ['models'], rate_limit_rpm: 100_000 }),
    createKey(wildOwner, { scopes: SCOPES, rate_limit_rpm: 100_000 }),
  ])
  const session = ({ cookie }: Person) => ({ cookie, origin: url })
  const headers: Record<Exclude<CallerName, 'throwaway'>, Record<string, string>> = {
    stranger: { origin: url },
    'invented key': bearer(`${full.key.slice(0, -8)}00000000`),
    owner: session(owner),
    member: session(member),
    key: bearer(full.key),
    'narrow key': bearer(narrow.key),
    'wild owner': session(wildOwner),
    'wild key': bearer(wildKey.key),
  }
  const [own, wild, foreign] = [
    await furnish(url, owner, { model, hook }),
    await furnish(url, wildOwner, { model, hook }),
    await furnish(url, other, { model, hook }),
  ]
  return {
    headersOf: (caller, at) =>
      caller === 'throwaway' ? session(throwaways[at % throwaways.length]!) : headers[caller],
    people: [owner, wildOwner, other],
    own,
    wild,
    foreign,
    async renew(at) {
      const person = throwaways[at % throwaways.length]!
      if ((await person.request('/api/account')).status !== 401) return
      throwaways[at % throwaways.length] = await signUp(url, { name: 'Nobody' })
    },
  }
}
