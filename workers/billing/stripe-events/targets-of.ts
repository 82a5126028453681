// What an event is a reason to look at. Only names are taken from it: what they stand for is asked of Stripe. Pure.
import { z } from 'zod'

export const targetKinds = [
  'subscription',
  'invoice',
  'customer',
  'charge',
  'payment',
  'refund',
  'dispute',
  'checkout',
  'price',
  'product',
  'meter',
] as const

export interface Target {
  kind: (typeof targetKinds)[number]
  id: string
}

const Reference = z
  .union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)])
  .nullish()
  .catch(null)

const Named = z.looseObject({
  id: z.string().optional(),
  customer: Reference,
  subscription: Reference,
  released_subscription: Reference,
  invoice: Reference,
  charge: Reference,
  payment_intent: Reference,
  parent: z
    .looseObject({ subscription_details: z.looseObject({ subscription: Reference }).nullish().catch(null) })
    .nullish()
    .catch(null),
})

const Body = z.looseObject({
  data: z
    .looseObject({ object: Named, previous_attributes: z.looseObject({ customer: Reference }).nullish().catch(null) })
    .optional(),
  related_object: z.looseObject({ id: z.string() }).nullish().catch(null),
})

type Named = z.infer<typeof Named>
type Facts = Named & { previousCustomer: string | null }
type Names = (facts: Facts) => [Target['kind'], string | null | undefined][]

const ofSubscription: Names = ({ id }) => [['subscription', id]]
const ofSchedule: Names = ({ subscription, released_subscription: released }) => [
  ['subscription', subscription ?? released],
]
const ofInvoice: Names = ({ id, parent, subscription }) => [
  ['invoice', id],
  ['subscription', parent?.subscription_details?.subscription ?? subscription],
]
const ofCustomer: Names = ({ id }) => [['customer', id]]
const ofTaxId: Names = ({ customer }) => [['customer', customer]]
const ofCharge: Names = ({ id }) => [['charge', id]]
const ofRefund: Names = ({ id }) => [['refund', id]]
const ofDispute: Names = ({ id }) => [['dispute', id]]
const ofPayment: Names = ({ id, customer }) => [
  ['payment', id],
  ['customer', customer],
]
const ofMethod: Names = ({ customer, previousCustomer }) => [['customer', customer ?? previousCustomer]]
const ofPrice: Names = ({ id }) => [['price', id]]
const ofProduct: Names = ({ id }) => [['product', id]]
const ofCheckout: Names = ({ id, customer, subscription, invoice }) => [
  ['checkout', id],
  ['customer', customer],
  ['subscription', subscription],
  ['invoice', invoice],
]

/** The first that fits. A star stands for the rest of the name. */
const table: [string, Names][] = [
  ['checkout.session.*', ofCheckout],
  ['customer.subscription.*', ofSubscription],
  ['customer.tax_id.*', ofTaxId],
  ['customer.updated', ofCustomer],
  ['customer.deleted', ofCustomer],
  ['subscription_schedule.*', ofSchedule],
  [
    'invoice.upcoming',
    ({ parent, subscription }) => [['subscription', parent?.subscription_details?.subscription ?? subscription]],
  ],
  ['invoice.created', ofInvoice],
  ['invoice.finalized', ofInvoice],
  ['invoice.paid', ofInvoice],
  ['invoice.payment_succeeded', ofInvoice],
  ['invoice.payment_failed', ofInvoice],
  ['invoice.payment_action_required', ofInvoice],
  ['invoice.voided', ofInvoice],
  ['invoice.marked_uncollectible', ofInvoice],
  ['invoice.updated', ofInvoice],
  ['invoice.overdue', ofInvoice],
  ['charge.refunded', ofCharge],
  ['charge.dispute.*', ofDispute],
  ['charge.refund.*', ofRefund],
  ['refund.*', ofRefund],
  ['payment_method.*', ofMethod],
  ['payment_intent.payment_failed', ofPayment],
  ['price.*', ofPrice],
  ['product.*', ofProduct],
  ['billing.meter.*', ({ id }) => [['meter', id]]],
  ['v1.billing.meter.error_report_triggered', ({ id }) => [['meter', id]]],
  ['v1.billing.meter.no_meter_found', ({ id }) => [['meter', id ?? 'unknown']]],
]

const fits = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type

/** Empty where the event is of no interest here. */
export function targetsOf({ type, body }: { type: string; body: string }): Target[] {
  const names = table.find(([pattern]) => fits(pattern, type))?.[1]
  if (!names) return []
  const { data, related_object: related } = Body.parse(JSON.parse(body))
  const object: Named = data?.object ?? { id: related?.id }
  return names({ ...object, previousCustomer: data?.previous_attributes?.customer ?? null }).flatMap(([kind, id]) =>
    id ? [{ kind, id }] : [],
  )
}
