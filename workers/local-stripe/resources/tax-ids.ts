// Tax ids of customers, checked by their form alone: nobody is asked whether they exist.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { listParams, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { TaxId } from '../tables.ts'

const forms: Record<string, RegExp> = {
  ae_trn: /^\d{15}$/,
  bh_vat: /^\d{15}$/,
  eg_tin: /^\d{9}$/,
  eu_vat: /^[A-Z]{2}[0-9A-Z+*]{2,12}$/,
  gb_vat: /^(GB)?(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  om_vat: /^OM\d{10}$/,
  sa_vat: /^\d{15}$/,
  us_ein: /^\d{2}-?\d{7}$/,
}

const countryOf = (type: string, value: string) =>
  type === 'eu_vat' ? value.slice(0, 2) : type.slice(0, 2).toUpperCase()

const known =
  /^(a[a-z]|b[a-z]|c[a-z]|d[a-z]|e[a-z]|f[a-z]|g[a-z]|h[a-z]|i[a-z]|j[a-z]|k[a-z]|l[a-z]|m[a-z]|n[a-z]|o[a-z]|p[a-z]|r[a-z]|s[a-z]|t[a-z]|u[a-z]|v[a-z]|z[a-z])_[a-z_]{2,8}$/

/** Whether it could be one of its kind; the form of most kinds is not known here. */
export const isTaxIdOfForm = ({ type, value }: { type: string; value: string }): boolean =>
  !forms[type] || forms[type].test(value.trim().replaceAll(/[\s.]/g, ''))

export const taxIdsOf = (engine: Engine, customer: string): TaxId[] => engine.store.list('tax_id', { customer })

export function addTaxId(engine: Engine, customer: string, { type, value }: { type: string; value: string }): TaxId {
  if (!known.test(type)) throw invalid(`Invalid type: ${type}`, { param: 'type' })
  const written = value.trim()
  if (!isTaxIdOfForm({ type, value: written }))
    throw invalid(`Invalid value for ${type}.`, { code: 'tax_id_invalid', param: 'value' })
  const taxId: TaxId = {
    id: engine.id('txi'),
    object: 'tax_id',
    country: countryOf(type, written),
    created: engine.now({ customer }),
    customer,
    customer_account: null,
    livemode: false,
    owner: { type: 'customer', customer, customer_account: null },
    type,
    value: written,
    verification:
      type === 'eu_vat' || type === 'gb_vat' || type === 'au_abn'
        ? { status: 'pending', verified_address: null, verified_name: null }
        : { status: 'unavailable', verified_address: null, verified_name: null },
  }
  engine.store.put('tax_id', taxId)
  engine.emit('customer.tax_id.created', taxId)
  return taxId
}

function ofCustomer(engine: Engine, customer: string, id: string): TaxId {
  const found = engine.need('tax_id', id)
  if (found.customer !== customer)
    throw invalid(`No such tax_id: '${id}'`, { code: 'resource_missing', param: 'id', status: 404 })
  return found
}

const collection = '/v1/customers/:customer/tax_ids'
const one = '/v1/customers/:customer/tax_ids/:id'

export const taxIds: Resource = {
  routes: [
    route({
      method: 'POST',
      path: collection,
      params: { type: required(string()), value: required(string()) },
      handler: ({ engine, path, params }) =>
        addTaxId(engine, engine.need('customer', path.customer, 'customer').id, params),
    }),
    route({
      method: 'GET',
      path: collection,
      params: listParams,
      handler: ({ engine, path, params, url }) =>
        pageOf({ items: taxIdsOf(engine, engine.need('customer', path.customer).id), query: params, url }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => ofCustomer(engine, path.customer, path.id),
    }),
    route({
      method: 'DELETE',
      path: one,
      params: {},
      handler({ engine, path }) {
        const taxId = ofCustomer(engine, path.customer, path.id)
        engine.store.remove('tax_id', taxId.id)
        engine.emit('customer.tax_id.deleted', taxId)
        return { id: taxId.id, object: 'tax_id', deleted: true }
      },
    }),
  ],
}
