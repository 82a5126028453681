// Where the seller is at home, and what prices say of their tax where they say nothing.
import { toAddress } from './address.ts'
import type { Engine } from '../engine.ts'
import { address, object, oneOf, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { TaxSettings } from '../tables.ts'

/** The stand-in collects tax from the first day on: there is nothing to register for. */
export function taxSettingsOf(engine: Engine): TaxSettings {
  const kept = engine.store.get('_tax_settings', 'tax_settings')
  if (kept) return kept.settings
  return {
    object: 'tax.settings',
    defaults: { provider: 'stripe', tax_behavior: null, tax_code: null },
    head_office: {
      address: { city: 'Riyadh', country: 'SA', line1: 'King Fahd Road', line2: null, postal_code: null, state: null },
    },
    livemode: false,
    status: 'active',
    status_details: { active: {} },
  }
}

export const sellerCountryOf = (engine: Engine): string => taxSettingsOf(engine).head_office?.address.country ?? 'SA'

const path = '/v1/tax/settings'

export const taxSettings: Resource = {
  routes: [
    route({ method: 'GET', path, params: {}, handler: ({ engine }) => taxSettingsOf(engine) }),
    route({
      method: 'POST',
      path,
      params: {
        defaults: object({ tax_behavior: oneOf('exclusive', 'inclusive', 'inferred_by_currency'), tax_code: string() }),
        head_office: object({ address: required(address()) }),
      },
      handler({ engine, params }) {
        const before = taxSettingsOf(engine)
        const home = toAddress(params.head_office?.address)
        const settings: TaxSettings = {
          ...before,
          defaults: {
            ...before.defaults,
            tax_behavior: params.defaults?.tax_behavior ?? before.defaults.tax_behavior,
            tax_code: params.defaults?.tax_code ?? before.defaults.tax_code,
          },
          head_office: home ? { address: home } : before.head_office,
        }
        engine.store.put('_tax_settings', { id: 'tax_settings', settings })
        engine.emit('tax.settings.updated', settings)
        return settings
      },
    }),
  ],
}
