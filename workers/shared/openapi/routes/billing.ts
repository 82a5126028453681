// Plans, payments and invoices, for those who pay.
import {
  AutoTopUp,
  AutoTopUpState,
  BillingDetails,
  BillingOverview,
  BillingStatus,
  BuyCredit,
  CancelSubscription,
  ChangePreview,
  ChangeResult,
  ChangeWanted,
  CheckoutOutcome,
  CheckoutReturn,
  ConfirmChange,
  InvoiceDetails,
  InvoicePage,
  OpenPortal,
  Overage,
  OverageState,
  Redirect,
  StartCheckout,
} from '../../contracts/billing.ts'
import { PlanOffer } from '../../contracts/plans.ts'
import type { ProblemCode } from '../../http/problems.ts'
import { pageParameters, pathId, type Route } from '../route.ts'

const common = { tag: 'billing', access: 'session' } as const
const selling: ProblemCode[] = ['billing_disabled', 'conflict', 'service_unavailable']
const changed = [{ status: 204, description: 'Done.' }]
const page = [{ status: 200, description: 'Where to go: a page of Stripe’s.', schema: Redirect }]

const readingRoutes: Route[] = [
  {
    ...common,
    access: 'anyone',
    method: 'get',
    path: '/api/billing/plans',
    id: 'listPlans',
    summary: 'The plans and credit packs that are sold here',
    description: 'Amounts of money are in a currency’s smallest unit; credit is in millionths of a US dollar.',
    answers: [{ status: 200, description: 'What is sold.', schema: PlanOffer }],
  },
  {
    ...common,
    method: 'get',
    path: '/api/billing/status',
    id: 'getBillingStatus',
    summary: 'Your organization’s plan, without money',
    answers: [{ status: 200, description: 'The plan, and whether a payment is overdue.', schema: BillingStatus }],
  },
  {
    ...common,
    method: 'get',
    path: '/api/billing/overview',
    id: 'getBillingOverview',
    summary: 'Plan, subscription, credit and what was decided about paying',
    description: 'For the roles owner and billing.',
    answers: [{ status: 200, description: 'All of it.', schema: BillingOverview }],
  },
  {
    ...common,
    method: 'get',
    path: '/api/billing/invoices',
    id: 'listInvoices',
    summary: 'Your organization’s invoices, the newest first',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page.', schema: InvoicePage }],
    problems: ['invalid_cursor'],
  },
  {
    ...common,
    method: 'get',
    path: '/api/billing/invoices/{id}',
    id: 'getInvoice',
    summary: 'An invoice in full, for a receipt',
    parameters: [pathId('id', 'The invoice.')],
    answers: [{ status: 200, description: 'The invoice.', schema: InvoiceDetails }],
    problems: ['not_found', 'billing_disabled', 'service_unavailable'],
  },
]

const payingRoutes: Route[] = [
  {
    ...common,
    method: 'post',
    path: '/api/billing/checkout',
    id: 'startCheckout',
    summary: 'Subscribe, on Stripe’s page',
    description:
      'The same again gives the same page while it is open; something else closes it. Who is subscribed changes the plan instead.',
    request: { schema: StartCheckout, example: { plan_id: 'pro', interval: 'month', currency: 'sar', locale: 'ar' } },
    answers: page,
    problems: ['not_found', 'seats_exhausted', ...selling],
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/checkout/return',
    id: 'returnFromCheckout',
    summary: 'Look at what was done on Stripe’s page, now',
    request: { schema: CheckoutReturn, example: { session_id: 'cs_test_a1b2c3' } },
    answers: [{ status: 200, description: 'What became of it.', schema: CheckoutOutcome }],
    problems: ['not_found', ...selling],
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/credit-packs/{id}/checkout',
    id: 'buyCredit',
    summary: 'Buy credit once, on Stripe’s page',
    parameters: [pathId('id', 'The credit pack.')],
    request: { schema: BuyCredit, example: { currency: 'usd', quantity: 2 } },
    answers: page,
    problems: ['not_found', ...selling],
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/portal',
    id: 'openPortal',
    summary: 'Stripe’s own page for cards and invoices',
    request: { schema: OpenPortal, example: { flow: 'payment_method_update' } },
    answers: page,
    problems: selling,
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/sync',
    id: 'syncBilling',
    summary: 'Ask Stripe again about everything of your organization',
    answers: [{ status: 200, description: 'All of it.', schema: BillingOverview }],
    problems: selling,
  },
]

const subscriptionRoutes: Route[] = [
  {
    ...common,
    method: 'post',
    path: '/api/billing/subscription/preview',
    id: 'previewChange',
    summary: 'What another plan, interval or number of seats would cost',
    description: 'Dearer: now, for the rest of the period. Cheaper: at the end of the period. Nothing is changed.',
    request: { schema: ChangeWanted, example: { plan_id: 'team', interval: 'month', seats: 3 } },
    answers: [{ status: 200, description: 'The amounts, and when.', schema: ChangePreview }],
    problems: ['not_found', 'seats_exhausted', ...selling],
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/subscription/change',
    id: 'confirmChange',
    summary: 'Make the change that was shown',
    description:
      'Refused as `conflict` where the amount is no longer the one that was shown. The same again is answered the same and charged once.',
    request: {
      schema: ConfirmChange,
      example: { plan_id: 'team', interval: 'month', seats: 3, due_now_minor: 4500, proration_date: 1_768_478_400 },
    },
    answers: [{ status: 200, description: 'What became of it.', schema: ChangeResult }],
    problems: ['not_found', 'seats_exhausted', ...selling],
  },
  {
    ...common,
    method: 'delete',
    path: '/api/billing/subscription/change',
    id: 'undoChange',
    summary: 'Take back a change that waits for the end of the period',
    answers: changed,
    problems: ['not_found', ...selling],
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/subscription/cancel',
    id: 'cancelSubscription',
    summary: 'Cancel: the subscription ends with what was paid for',
    request: { schema: CancelSubscription, example: { reason: 'too_expensive' } },
    answers: changed,
    problems: ['not_found', ...selling],
  },
  {
    ...common,
    method: 'post',
    path: '/api/billing/subscription/resume',
    id: 'resumeSubscription',
    summary: 'Keep a subscription that was cancelled and has not ended',
    answers: changed,
    problems: ['not_found', ...selling],
  },
]

const settingRoutes: Route[] = [
  {
    ...common,
    method: 'get',
    path: '/api/billing/details',
    id: 'getBillingDetails',
    summary: 'Who pays, as it stands on invoices',
    answers: [{ status: 200, description: 'Who pays.', schema: BillingDetails }],
  },
  {
    ...common,
    method: 'put',
    path: '/api/billing/details',
    id: 'setBillingDetails',
    summary: 'Say who pays: name, address and tax id',
    request: {
      schema: BillingDetails,
      example: {
        name: 'Rihla',
        email: 'billing@example.com',
        locale: 'ar',
        address: {
          line1: 'King Fahd Road 1',
          line2: null,
          city: 'Riyadh',
          state: null,
          postal_code: '12271',
          country: 'SA',
        },
        tax_id: { type: 'sa_vat', value: '300000000000003' },
      },
    },
    answers: [{ status: 200, description: 'Who pays.', schema: BillingDetails }],
    problems: selling,
  },
  {
    ...common,
    method: 'get',
    path: '/api/billing/auto-top-up',
    id: 'getAutoTopUp',
    summary: 'Whether credit is bought by itself',
    answers: [{ status: 200, description: 'What was decided, and what was spent this month.', schema: AutoTopUpState }],
  },
  {
    ...common,
    method: 'put',
    path: '/api/billing/auto-top-up',
    id: 'setAutoTopUp',
    summary: 'Have credit bought by itself, up to a monthly maximum',
    request: {
      schema: AutoTopUp,
      example: {
        enabled: true,
        threshold_micros: 5_000_000,
        credit_pack_id: 'credit-10',
        currency: 'usd',
        monthly_maximum_minor: 5_000,
      },
    },
    answers: [{ status: 200, description: 'What was decided, and what was spent this month.', schema: AutoTopUpState }],
    problems: selling,
  },
  {
    ...common,
    method: 'get',
    path: '/api/billing/overage',
    id: 'getOverage',
    summary: 'Whether more than the credit may be used',
    answers: [
      { status: 200, description: 'What was decided, and what was used in this period.', schema: OverageState },
    ],
  },
  {
    ...common,
    method: 'put',
    path: '/api/billing/overage',
    id: 'setOverage',
    summary: 'Allow use beyond the credit, up to a cap, billed at the end of the period',
    request: { schema: Overage, example: { enabled: true, cap_micros: 20_000_000 } },
    answers: [
      { status: 200, description: 'What was decided, and what was used in this period.', schema: OverageState },
    ],
    problems: selling,
  },
]

export const billingRoutes: Route[] = [...readingRoutes, ...payingRoutes, ...subscriptionRoutes, ...settingRoutes]
