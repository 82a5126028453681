// What the account holds: each kind of object by the name that Stripe gives it, and rows of the stand-in's own
// (their names begin with an underscore).
import type Stripe from 'stripe'
import type { Wire } from './wire.ts'

export type Customer = Wire<Stripe.Customer>
export type TaxId = Wire<Stripe.TaxId>
export type Product = Wire<Stripe.Product>
export type Price = Wire<Stripe.Price>
export type Coupon = Wire<Stripe.Coupon>
export type PromotionCode = Wire<Stripe.PromotionCode>
export type PaymentMethod = Wire<Stripe.PaymentMethod>
export type PaymentIntent = Wire<Stripe.PaymentIntent>
export type SetupIntent = Wire<Stripe.SetupIntent>
export type Charge = Wire<Stripe.Charge>
export type CheckoutSession = Wire<Stripe.Checkout.Session>
export type LineItem = Wire<Stripe.LineItem>
export type PortalConfiguration = Wire<Stripe.BillingPortal.Configuration>
export type PortalSession = Wire<Stripe.BillingPortal.Session>
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>
export type Invoice = Wire<Stripe.Invoice>
export type InvoiceItem = Wire<Stripe.InvoiceItem>
export type InvoicePayment = Wire<Stripe.InvoicePayment>
export type Subscription = Wire<Stripe.Subscription>
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>
export type SubscriptionSchedule = Wire<Stripe.SubscriptionSchedule>
export type CreditNote = Wire<Stripe.CreditNote>
export type Refund = Wire<Stripe.Refund>
export type Dispute = Wire<Stripe.Dispute>
export type Meter = Wire<Stripe.Billing.Meter>
export type TaxRate = Wire<Stripe.TaxRate>
export type TestClock = Wire<Stripe.TestHelpers.TestClock>
export type TaxSettings = Wire<Stripe.Tax.Settings>
export type Discount = Wire<Stripe.Discount>

/** An event keeps what its object was in that moment, whatever kind it is of. */
export interface StoredEvent {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: object; previous_attributes?: object }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: string
}

export interface Tables {
  customer: Customer
  tax_id: TaxId
  product: Product
  price: Price
  coupon: Coupon
  promotion_code: PromotionCode
  payment_method: PaymentMethod
  payment_intent: PaymentIntent
  setup_intent: SetupIntent
  charge: Charge
  'checkout.session': CheckoutSession
  'billing_portal.configuration': PortalConfiguration
  'billing_portal.session': PortalSession
  webhook_endpoint: WebhookEndpoint
  event: StoredEvent
  invoice: Invoice
  invoiceitem: InvoiceItem
  invoice_payment: InvoicePayment
  subscription: Subscription
  subscription_item: SubscriptionItem
  subscription_schedule: SubscriptionSchedule
  credit_note: CreditNote
  refund: Refund
  dispute: Dispute
  'billing.meter': Meter
  tax_rate: TaxRate
  'test_helpers.test_clock': TestClock
  discount: Discount
  _due: Due
  _subscription: SubscriptionNotes
  _invoice_item: InvoiceItemNotes
  _usage: Usage
  _billing_settings: BillingSettings
  _tax_settings: KeptTaxSettings
  _payments_of: PaymentsOf
  _answer: KeptAnswer
  _checkout: OpenCheckout
  _checkout_line: CheckoutLines
  _card: CardBehaviour
  _deleted: Deleted
  _delivery: Delivery
  /** Those that arrived or were given up: apart, so that what is left to do is found at once. */
  _delivered: Delivery
  _faults: Faults
  _account: Account
}

/** What a request with an Idempotency-Key was answered. */
export interface KeptAnswer {
  id: string
  fingerprint: string
  status: number
  body: string
  requestId: string
}

/** How far the account's clock is ahead of the machine's. */
export interface Account {
  id: string
  offsetSeconds: number
}

/** When an object has something to do by the clock it goes by. */
export interface Due {
  id: string
  at: number
  /** The test clock, or null for the account's. */
  clock: string | null
}

/** What Stripe knows of a subscription without showing it. */
export interface SubscriptionNotes {
  id: string
  customer: string
  /** What was charged for the whole of the present period, by item: that is what unused time is worth. */
  billed: Record<string, number>
  trialWillEndSent: boolean
  /** The end of the period whose next invoice was announced. */
  announced: number | null
  /** The invoice that a pending update waits for. */
  pendingInvoice: string | null
  pendingChange: { billed: Record<string, number> } | null
  /** The call that made the update still tries to have it paid. */
  isSettling: boolean
}

/** What an account's owner sets for all subscriptions. */
export interface BillingSettings {
  id: string
  afterRetries: 'canceled' | 'unpaid' | 'past_due'
}

/** The payments of an invoice or of an intent, by its id: nobody looks through all of them. */
export interface PaymentsOf {
  id: string
  payments: string[]
}

export interface KeptTaxSettings {
  id: string
  settings: TaxSettings
}

export interface InvoiceItemNotes {
  id: string
  taxBehavior: 'inclusive' | 'exclusive'
}

/** One reported use of a meter. */
export interface Usage {
  id: string
  eventName: string
  customer: string
  value: string
  timestamp: number
}

/** One event on its way to one endpoint. */
export interface Delivery {
  id: string
  event: string
  eventType: string
  endpoint: string
  /** In the order in which events happened. */
  place: number
  attempts: number
  /** Milliseconds of the machine's clock at which it is tried next; null where it waits to be let go. */
  nextAt: number | null
  status: 'pending' | 'delivered' | 'given_up'
  lastAnswer: string | null
}

export const faultModes = ['normal', 'double', 'delayed', 'reversed', 'held'] as const
export type FaultMode = (typeof faultModes)[number]

/** How badly webhooks are delivered. */
export interface Faults {
  id: string
  webhooks: FaultMode
  places: number
}

/** What a checkout session that is open remembers besides what it shows. */
export interface OpenCheckout {
  id: string
  expiresAt: number
  customerUpdate: { address: boolean; name: boolean }
  subscription: CheckoutSubscription | null
  payment: {
    description?: string
    metadata?: Record<string, string>
    setupFutureUsage?: 'off_session' | 'on_session'
  } | null
  setup: { description?: string; metadata?: Record<string, string> } | null
  /** Discounts that came with the session, or a code that was typed on its page. */
  discount: { coupon?: string; promotion_code?: string } | null
  /** Given on the page; the bank asks its holder before anything is done with it. */
  submitted: CheckoutSubmission | null
}

/** What the session wants of its subscription, in the words of the API. */
export interface CheckoutSubscription {
  description?: string
  metadata?: Record<string, string>
  trial_end?: number
  trial_period_days?: number
  trial_settings?: { end_behavior: { missing_payment_method: string } }
  billing_cycle_anchor?: number
  proration_behavior?: string
}

export interface CheckoutSubmission {
  paymentMethod: string | null
  email: string | null
  name: string | null
  address: Stripe.Address | null
  taxId: { type: string; value: string } | null
}

/** What is bought; kept after the session has ended. */
export interface CheckoutLines {
  id: string
  lines: { id: string; price: string; quantity: number | null }[]
  /** As they were when the session was completed. */
  settled?: LineItem[]
}

/** Who is gone is still known to have been. */
export interface Deleted {
  id: string
  object: string
  deleted: true
}

/** What becomes of what is asked of a card: the number itself is kept nowhere. */
export interface CardBehaviour {
  /** Of its payment method. */
  id: string
  /** Refused by the bank, at once or only when it is charged after it was saved. */
  refuses: 'never' | 'always' | 'charges'
  declineCode: string
  /** Whether the bank asks its holder. */
  asks: 'never' | 'until_set_up' | 'always'
  isSetUp: boolean
  disputes: 'never' | 'fraudulent' | 'inquiry'
  /** What a bank says that answers days later. */
  late?: 'paid' | 'refused'
}

export type TypeName = keyof Tables
