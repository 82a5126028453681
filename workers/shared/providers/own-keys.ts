// Vendors that an organization has keys of its own for. A registry that is given them calls those vendors with the
// organization's key, at no price of ours, and never with the platform's.
import { repricePictures } from '../catalog/price-markup.ts'
import type { CatalogModel, VendorId } from '../contracts/model.ts'
import { providerKeyVendors, type OpenedProviderKey, type ProviderKeyVendor } from '../contracts/vault.ts'
import { isProblem, Problem } from '../http/problems.ts'
import { createGuardedFetch } from '../lib/guarded-fetch.ts'
import { freePrice } from '../lib/money.ts'
import { vendorSettings } from './vendor-settings.ts'

type VendorSettingName = (typeof vendorSettings)[ProviderKeyVendor]['keyName' | 'baseURLName'] | 'COMPATIBLE_MODELS'
type VendorSettings = Partial<Record<VendorSettingName, string>>

export interface OwnKeys {
  /** Also of a vendor whose key cannot be opened: the platform's does not take its place. */
  has(vendor: VendorId): boolean
  idOf(vendor: VendorId): string | undefined
  /** The keys, by the names that adapters know. */
  settings: VendorSettings
  fetchFor(vendor: VendorId): typeof fetch
  /** Throws where the key cannot be opened. */
  requireKey(vendor: VendorId): void
  /** What went wrong at the vendor, as it is for an organization that brought the key. */
  explain(vendor: VendorId, error: unknown): unknown
}

export interface OwnKeysInput {
  providerKeys: readonly OpenedProviderKey[]
  /** What the policy says that there are: one that is missing above could not be opened. */
  announced?: readonly { vendor: VendorId; keyId: string }[]
  /** The platform runs on somebody's machine, whose own servers may be called too. */
  local?: boolean
  fetch: typeof fetch
  /** The key goes to its vendor. */
  onUse?: (keyId: string) => void
}

const vendorOf = (vendor: VendorId): ProviderKeyVendor | undefined => providerKeyVendors.find((each) => each === vendor)

function toSettings(keys: readonly OpenedProviderKey[]): VendorSettings {
  const settings: VendorSettings = {}
  for (const { vendor, apiKey, baseURL, models } of keys) {
    const { keyName, baseURLName, baseURL: usual } = vendorSettings[vendor]
    settings[keyName] = apiKey
    settings[baseURLName] = baseURL ?? usual ?? ''
    if (vendor !== 'compatible') continue
    const rows = (models ?? []).map(({ id, kind, context_tokens: context, max_output_tokens: maxOutput }) => ({
      id,
      kind,
      input: 0,
      output: 0,
      cached_input: 0,
      context,
      max_output: maxOutput,
      ...(kind === 'image' && { image: 0 }),
    }))
    settings.COMPATIBLE_MODELS = JSON.stringify(rows)
  }
  return settings
}

const refused = (vendor: VendorId): Problem =>
  new Problem(
    'provider_misconfigured',
    `Your organization’s own key for ${vendor} was refused, or the account behind it may not do this. An owner or admin of the organization can replace or delete it (“Provider keys”). Nothing was charged.`,
    { facts: { vendor, own_key: true } },
  )

const unreadable = (vendor: VendorId): Problem =>
  new Problem(
    'provider_misconfigured',
    `Your organization’s own key for ${vendor} cannot be used any more. An owner or admin of the organization has to add it again (“Provider keys”). Nothing was charged.`,
    { facts: { vendor, own_key: true } },
  )

export function createOwnKeys({ providerKeys, announced = [], local = false, fetch, onUse }: OwnKeysInput): OwnKeys {
  const opened = new Map(providerKeys.map((key) => [key.vendor as VendorId, key]))
  const lost = new Set(announced.map(({ vendor }) => vendor).filter((vendor) => !opened.has(vendor)))
  const guarded = createGuardedFetch({ local, fetch })
  const settings = toSettings(providerKeys)
  for (const vendor of lost) {
    const known = vendorOf(vendor)
    // Its models stay those that can be named; whoever calls one is told what is wrong.
    if (known && known !== 'compatible') settings[vendorSettings[known].keyName] = 'unreadable'
  }
  return {
    has: (vendor) => opened.has(vendor) || lost.has(vendor),
    idOf: (vendor) => opened.get(vendor)?.keyId,
    settings,
    fetchFor: (vendor) => (input, init) => {
      const key = opened.get(vendor)
      if (!key) return Promise.reject(unreadable(vendor))
      onUse?.(key.keyId)
      // At its usual address a vendor is the one that the platform itself would call.
      return key.baseURL === undefined ? fetch(input, init) : guarded(input, init)
    },
    requireKey(vendor) {
      if (lost.has(vendor)) throw unreadable(vendor)
    },
    explain(vendor, error) {
      if (!isProblem(error) || error.code !== 'provider_misconfigured' || error.details.facts?.['own_key']) return error
      // What the vendor said of the key is not even for the log.
      return refused(vendor)
    },
  }
}

interface WithOwnKeys<Settings> {
  settings: Settings
  fetch?: typeof fetch
  own?: OwnKeys
}

/** What a vendor's adapter is made of: the organization's own, where it has a key for it. */
export const collaboratorsFor = <Settings extends object, Collaborators extends WithOwnKeys<Settings>>(
  vendor: VendorId,
  collaborators: Collaborators & WithOwnKeys<Settings>,
): Collaborators =>
  collaborators.own?.has(vendor)
    ? { ...collaborators, settings: collaborators.own.settings, fetch: collaborators.own.fetchFor(vendor) }
    : collaborators

const OWN_KEY = 'provider-key'

/** A model whose vendor the organization pays itself: we do not charge it, and pay nothing. Its usage is counted all the same. */
export function priced(model: CatalogModel, own: OwnKeys | undefined): CatalogModel {
  if (!own?.has(model.vendor)) return model
  const free = { ...model, price: freePrice, listPrice: freePrice, priceSource: OWN_KEY }
  if (!model.image) return free
  const pricing = repricePictures(model.image.pricing, () => 0)
  return { ...free, image: { ...model.image, pricing }, listPricing: pricing }
}

/** Whether it is called with the organization's own key. */
export const isOwn = ({ priceSource }: Pick<CatalogModel, 'priceSource'>): boolean => priceSource === OWN_KEY
