// A new key, or one in place of the old. Nothing happens that the audit log does not know of.
import type { CreateProviderKey } from '#shared/contracts/vault'
import { invalidRequest } from '#shared/http/problems'
import { checkPublicUrl, type UrlFault } from '#shared/lib/public-url'
import type { VaultContext } from './context.ts'
import { noteChange } from './note-change.ts'
import { publishProviderKeys } from './publish.ts'
import type { ProviderKeyRow } from './repository.ts'

const HINT = 4
/** A hint must not be half of the key. */
const SHORT = 12

const faults: Record<UrlFault, string> = {
  not_a_url: 'it is no address',
  scheme: 'it must begin with https://',
  credentials: 'it must not contain a name or a password',
  port: 'this port cannot be used',
  host: 'it is not on the public internet',
}

export const hintOf = (apiKey: string): string => (apiKey.length < SHORT ? '' : apiKey.slice(-HINT))

function toBaseURL(text: string, local: boolean): string {
  const checked = checkPublicUrl(text, { local })
  if (!checked.ok) throw invalidRequest(`base_url: ${faults[checked.fault]}`, 'base_url')
  const { origin, pathname, search, hash } = checked.url
  if (search !== '' || hash !== '') throw invalidRequest('base_url: it must end with its path', 'base_url')
  return `${origin}${pathname}`.replace(/\/+$/, '')
}

/** A server of one's own is nowhere and offers nothing unless that is said; whoever else's is known. */
function requireComplete({ vendor, base_url: baseURL, models }: CreateProviderKey): void {
  if (vendor === 'compatible' && baseURL === null)
    throw invalidRequest('base_url: a server of your own must say where it is', 'base_url')
  if (vendor === 'compatible' && models === null)
    throw invalidRequest('models: a server of your own must say which models it offers', 'models')
  if (vendor !== 'compatible' && models !== null)
    throw invalidRequest('models: this vendor’s models are known', 'models')
  const ids = models?.map(({ id }) => id) ?? []
  if (new Set(ids).size < ids.length) throw invalidRequest('models: one of them is named twice', 'models')
}

export interface SaveInput {
  input: CreateProviderKey
  organizationId: string
  userId: string
  ctx: VaultContext
}

export async function saveProviderKey({ input, organizationId, userId, ctx }: SaveInput): Promise<ProviderKeyRow> {
  requireComplete(input)
  const { vendor, api_key: apiKey, models } = input
  const baseUrl = input.base_url === null ? null : toBaseURL(input.base_url, ctx.local)
  const id = ctx.createId('providerKey')
  const owner = { organizationId, vendor, keyId: id, baseURL: baseUrl }
  const row: ProviderKeyRow = {
    id,
    organizationId,
    vendor,
    hint: hintOf(apiKey),
    baseUrl,
    models,
    sealed: await ctx.seal.seal(apiKey, owner),
    createdBy: userId,
    createdAt: ctx.clock(),
    lastUsedAt: null,
  }
  const former = (await ctx.keys.listOf(organizationId)).find((each) => each.vendor === vendor)
  const note = await noteChange({ change: former ? 'replaced' : 'created', row, userId, ctx })
  await ctx.keys.put(row)
  await publishProviderKeys({ organizationId, ctx })
  await note.tell()
  return row
}
