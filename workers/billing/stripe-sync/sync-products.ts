import type Stripe from 'stripe'
import { isMissing } from '../stripe.ts'
import { differing, write, type SyncContext } from './context.ts'
import type { WantedProduct } from './wanted.ts'

async function productOf(id: string, { stripe }: SyncContext): Promise<Stripe.Product | null> {
  try {
    return await stripe.products.retrieve(id)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export async function syncProducts(
  products: WantedProduct[],
  { taxCode, ctx }: { taxCode: string; ctx: SyncContext },
): Promise<void> {
  for (const { id, ...wanted } of products) {
    const fields = { ...wanted, tax_code: taxCode, active: true }
    const present = await productOf(id, ctx)
    if (!present) {
      await write(ctx, { kind: 'product', name: id, action: 'create', fields: [] }, (options) =>
        ctx.stripe.products.create({ id, ...fields }, options),
      )
      continue
    }
    const { metadata, ...plain } = fields
    const changed = [
      ...differing(plain, { ...present }),
      ...differing(metadata, present.metadata).map((name) => `metadata.${name}`),
    ]
    if (changed.length > 0)
      await write(ctx, { kind: 'product', name: id, action: 'update', fields: changed }, (options) =>
        ctx.stripe.products.update(id, fields, options),
      )
  }
}
