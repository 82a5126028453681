// The dialog's fields as the person leaves them, and the request that they mean.
import { providerKeyVendors } from '#shared/contracts/vault'
import type { CreateProviderKey, OwnModel, ProviderKey, ProviderKeyVendor } from '#shared/contracts/vault'
import { checkPublicUrl, type UrlFault } from '#shared/lib/public-url'
import { readCount } from '../../ui/read-count.ts'

export interface ProviderKeyDraft {
  vendor: ProviderKeyVendor
  apiKey: string
  baseURL: string
  /** A model a line: its name and, if one likes, how many tokens it reads and writes. */
  models: string
}

export type ProviderKeyFault =
  | UrlFault
  | 'key-missing'
  | 'key-wrong'
  | 'url-missing'
  | 'url-query'
  | 'models-missing'
  | 'models-wrong'
  | 'models-many'
export type ProviderKeyFaults = Partial<Record<'apiKey' | 'baseURL' | 'models', ProviderKeyFault>>

const MODELS_MAX = 50
const TOKENS_MAX = 10_000_000
const CONTEXT_TOKENS = 32_768
const OUTPUT_TOKENS = 8_192
/** What a header can carry. */
const PRINTABLE = /^[\x21-\x7e]{1,1000}$/
const MODEL_NAME = /^[\x21-\x7e]{1,200}$/

/** The first vendor that there is no key for yet. */
export const newDraft = (taken: readonly ProviderKeyVendor[]): ProviderKeyDraft => ({
  vendor: providerKeyVendors.find((vendor) => !taken.includes(vendor)) ?? providerKeyVendors[0],
  apiKey: '',
  baseURL: '',
  models: '',
})

const toLine = ({ id, context_tokens: context, max_output_tokens: output }: OwnModel): string =>
  context === CONTEXT_TOKENS && output === OUTPUT_TOKENS ? id : `${id} ${context} ${output}`

/** The key itself is not known to anybody any more. */
export const draftOf = ({ vendor, base_url: baseURL, models }: ProviderKey): ProviderKeyDraft => ({
  vendor,
  apiKey: '',
  baseURL: baseURL ?? '',
  models: (models ?? []).map(toLine).join('\n'),
})

/** Null where the line is no model. What the page does not show of a model stays as it was. */
function readLine(line: string, before: readonly OwnModel[]): OwnModel | null {
  const [id = '', ...counts] = line.split(/\s+/)
  const [context, output, ...rest] = counts.map((text) => readCount(text, { most: TOKENS_MAX }))
  if (!MODEL_NAME.test(id) || rest.length > 0 || context === 'invalid' || output === 'invalid') return null
  return {
    id,
    kind: before.find((model) => model.id === id)?.kind ?? 'language',
    context_tokens: context ?? CONTEXT_TOKENS,
    max_output_tokens: output ?? OUTPUT_TOKENS,
  }
}

function readModels(text: string, before: readonly OwnModel[]): OwnModel[] | ProviderKeyFault {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  if (lines.length === 0) return 'models-missing'
  if (lines.length > MODELS_MAX) return 'models-many'
  const models = lines.map((line) => readLine(line, before))
  const known = models.filter((model) => model !== null)
  return known.length < models.length || new Set(known.map(({ id }) => id)).size < known.length ? 'models-wrong' : known
}

function urlFault(text: string, { local, required }: { local: boolean; required: boolean }): ProviderKeyFault | null {
  if (text === '') return required ? 'url-missing' : null
  const checked = checkPublicUrl(text, { local })
  if (!checked.ok) return checked.fault
  return checked.url.search !== '' || checked.url.hash !== '' ? 'url-query' : null
}

function keyFault(text: string): ProviderKeyFault | null {
  if (text === '') return 'key-missing'
  return PRINTABLE.test(text) ? null : 'key-wrong'
}

export type ProviderKeyReading = { ok: true; body: CreateProviderKey } | { ok: false; faults: ProviderKeyFaults }

interface ReadingOptions {
  /** The platform runs on this machine, whose own servers may be named too. */
  local: boolean
  /** The key that is replaced. */
  before?: ProviderKey | null
}

export function readProviderKeyDraft(draft: ProviderKeyDraft, { local, before }: ReadingOptions): ProviderKeyReading {
  const isServer = draft.vendor === 'compatible'
  const apiKey = draft.apiKey.trim()
  const baseURL = draft.baseURL.trim()
  const models = isServer ? readModels(draft.models, before?.models ?? []) : null
  const faults: ProviderKeyFaults = {}
  const wrongKey = keyFault(apiKey)
  const wrongURL = urlFault(baseURL, { local, required: isServer })
  if (wrongKey) faults.apiKey = wrongKey
  if (wrongURL) faults.baseURL = wrongURL
  if (typeof models === 'string') faults.models = models
  if (Object.keys(faults).length > 0 || typeof models === 'string') return { ok: false, faults }
  return { ok: true, body: { vendor: draft.vendor, api_key: apiKey, base_url: baseURL || null, models } }
}
