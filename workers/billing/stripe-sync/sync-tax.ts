import { write, type SyncContext } from './context.ts'

/** What stands on our prices is before tax, and everything is sold under one tax code. */
export async function syncTax({ taxCode, ctx }: { taxCode: string; ctx: SyncContext }): Promise<void> {
  const { defaults, status } = await ctx.stripe.tax.settings.retrieve()
  const fields = [
    ...(defaults.tax_code === taxCode ? [] : ['tax_code']),
    ...(defaults.tax_behavior === 'exclusive' ? [] : ['tax_behavior']),
  ]
  if (fields.length > 0)
    await write(ctx, { kind: 'tax_settings', name: 'defaults', action: 'update', fields }, (options) =>
      ctx.stripe.tax.settings.update({ defaults: { tax_code: taxCode, tax_behavior: 'exclusive' } }, options),
    )
  if (status === 'pending')
    ctx.warn('Stripe Tax is not ready: give the address of your head office and your registrations in its dashboard.')
}
