// What callers call their own users and caches, made the organization's own before it reaches a vendor: the account
// there is everybody's, and two organizations may have a `user-1` each, or a cache of the same name. Hashed, so that no
// name of a person reaches a vendor either.
import { namespaceEndUser } from '#shared/metering/namespace-end-user'
import type { Dialect, LanguageRequest } from '#shared/providers/spec/language-model'
import { isRecord } from './dialects/loose.ts'

type Body = Record<string, unknown>

const names = ['user', 'safety_identifier', 'prompt_cache_key']

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

async function withNames(fields: Body, which: readonly string[], organizationId: string): Promise<Body> {
  const said = which.flatMap((field): [string, string][] => {
    const name = fields[field]
    return isName(name) ? [[field, name]] : []
  })
  if (said.length === 0) return fields
  const spaced = await Promise.all(
    said.map(async ([field, name]) => [field, await namespaceEndUser(organizationId, name)] as const),
  )
  return { ...fields, ...Object.fromEntries(spaced) }
}

/** A caller's own body, as a vendor of its dialect may see it. The same object where it names nobody. */
export async function namespaceBody(body: Body, organizationId: string, dialect: Dialect): Promise<Body> {
  if (dialect !== 'anthropic-messages') return withNames(body, names, organizationId)
  const { metadata } = body
  if (!isRecord(metadata)) return body
  const spaced = await withNames(metadata, ['user_id'], organizationId)
  return spaced === metadata ? body : { ...body, metadata: spaced }
}

export async function namespaceRequest(request: LanguageRequest, organizationId: string): Promise<LanguageRequest> {
  const { endUser, promptCache } = request
  if (!isName(endUser) && !isName(promptCache?.key)) return request
  const space = (name: string) => namespaceEndUser(organizationId, name)
  return {
    ...request,
    ...(isName(endUser) && { endUser: await space(endUser) }),
    ...(isName(promptCache?.key) && { promptCache: { ...promptCache, key: await space(promptCache.key) } }),
  }
}
