// A person with an account, a session and, where asked, a key: what most journeys begin with.
import { randomUUID } from 'node:crypto'

export interface Person {
  email: string
  password: string
  cookie: string
  organizationId: string
  request(path: string, init?: RequestInit): Promise<Response>
  json<T = Record<string, unknown>>(path: string, init?: RequestInit & { body?: string }): Promise<T>
}

export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

export function personWith({
  url,
  email,
  password,
  cookie,
  organizationId = '',
}: {
  url: string
  email: string
  password: string
  cookie: string
  organizationId?: string
}): Person {
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        cookie,
        origin: url,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...(init.headers as Record<string, string>),
      },
    })
  return {
    email,
    password,
    cookie,
    organizationId,
    request,
    async json<T>(path: string, init?: RequestInit) {
      const response = await request(path, init)
      const text = await response.text()
      if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path} answered ${response.status}: ${text}`)
      return JSON.parse(text) as T
    },
  }
}

export async function signUp(
  url: string,
  { email = `${randomUUID()}@example.com`, name = 'Layla Haddad' } = {},
): Promise<Person> {
  const password = 'a long enough passphrase'
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password, name }),
  })
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`)
  const person = personWith({ url, email, password, cookie: cookiesOf(response) })
  const account = await person.json<{ organization: { id: string } }>('/api/account')
  return personWith({ url, email, password, cookie: person.cookie, organizationId: account.organization.id })
}

export async function createKey(
  person: Person,
  settings: Record<string, unknown> = {},
): Promise<{ id: string; key: string }> {
  return person.json('/api/keys', { method: 'POST', body: JSON.stringify({ name: 'journey', ...settings }) })
}

/** A JSON body sent to an address by nobody in particular. */
export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin, ...headers },
    body: JSON.stringify(body),
  })

export const signIn = (url: string, { email, password }: Pick<Person, 'email' | 'password'>): Promise<Response> =>
  post(`${url}/api/auth/sign-in/email`, { email, password })

/** The same person with another session. */
export const withSessionOf = (person: Person, { url, response }: { url: string; response: Response }): Person =>
  personWith({ ...person, url, cookie: cookiesOf(response) })

/** The operator of the deployment, whom every journey may need and only one can sign up. */
export async function signUpOperator(url: string): Promise<Person> {
  const email = 'operator@example.com'
  const created = await signUp(url, { email, name: 'Omar Operator' }).catch(() => null)
  if (created) return created
  const password = 'a long enough passphrase'
  const response = await signIn(url, { email, password })
  if (!response.ok) throw new Error(`the operator’s sign-in answered ${response.status}`)
  return personWith({ url, email, password, cookie: cookiesOf(response) })
}
