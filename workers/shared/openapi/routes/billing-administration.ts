// What an operator sells, and to whom by contract.
import {
  AdminCreditPack,
  AdminPlan,
  AdminPlans,
  OrganizationBilling,
  StartContract,
  StartedContract,
  WriteCreditPack,
  WritePlan,
} from '../../contracts/billing-administration.ts'
import { pathId, type Route } from '../route.ts'

const operators = { tag: 'operators', access: 'session' } as const
const planId = pathId('id', 'The plan.')
const packId = pathId('id', 'The credit pack.')
const plan = { status: 200, description: 'The plan as it is now.', schema: AdminPlan }
const pack = { status: 200, description: 'The credit pack as it is now.', schema: AdminCreditPack }

const samplePlan = {
  kind: 'flat',
  name: { en: 'Pro', ar: 'الاحترافية' },
  description: { en: 'For one who works with it every day.', ar: 'لمن يعمل بها كل يوم.' },
  features: [{ en: 'Every model of the platform', ar: 'جميع نماذج المنصة' }],
  prices: [
    { interval: 'month', currency: 'usd', amount_minor: 2_000 },
    { interval: 'month', currency: 'kwd', amount_minor: 6_150 },
  ],
  included_credit_micros: { month: 15_000_000, year: 0 },
  carry_over: 'none',
  trial: { days: 14, credit_micros: 2_000_000, needs_payment_method: true },
  seats: { minimum: 1, maximum: 1 },
  requests_per_minute: 600,
  tokens_per_minute: null,
  parallel_requests: 50,
  models: null,
  storage_bytes: null,
  overage: { policy: 'stop', cap_micros: 0 },
}

const samplePack = {
  name: { en: 'USD 10 of credit', ar: 'رصيد بقيمة 10 دولارات' },
  credit_micros: 10_000_000,
  prices: [{ currency: 'usd', amount_minor: 1_000 }],
  expires_after_days: 365,
}

export const billingAdministrationRoutes: Route[] = [
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/plans',
    id: 'listSoldItems',
    summary: 'Plans and credit packs, with their versions and subscribers',
    answers: [{ status: 200, description: 'What is sold, and what was.', schema: AdminPlans }],
  },
  {
    ...operators,
    method: 'put',
    path: '/api/billing/admin/plans/{id}',
    id: 'writePlan',
    summary: 'Write a plan',
    description:
      'A new version. Whoever has subscribed keeps the version that they pay for; a new version of the free plan reaches everybody without a subscription within minutes. `if_version` is the version that was looked at, 0 for a new plan: where another is sold by now, the answer is 409 with `present_version`.',
    parameters: [planId],
    request: { schema: WritePlan, example: { if_version: 0, position: 1, body: samplePlan } },
    answers: [plan],
    problems: ['conflict'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/plans/{id}/archive',
    id: 'archivePlan',
    summary: 'Sell a plan no longer',
    description: 'Whoever has it keeps it. The free plan cannot be archived.',
    parameters: [planId],
    answers: [plan],
    problems: ['not_found', 'conflict'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/plans/{id}/restore',
    id: 'restorePlan',
    summary: 'Sell an archived plan again',
    parameters: [planId],
    answers: [plan],
    problems: ['not_found', 'conflict'],
  },
  {
    ...operators,
    method: 'put',
    path: '/api/billing/admin/credit-packs/{id}',
    id: 'writeCreditPack',
    summary: 'Write a credit pack',
    description: 'A new version, guarded by `if_version` as a plan is. Credit that was bought keeps its expiry.',
    parameters: [packId],
    request: { schema: WriteCreditPack, example: { if_version: 0, position: 0, body: samplePack } },
    answers: [pack],
    problems: ['conflict'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/credit-packs/{id}/archive',
    id: 'archiveCreditPack',
    summary: 'Sell a credit pack no longer',
    parameters: [packId],
    answers: [pack],
    problems: ['not_found'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/credit-packs/{id}/restore',
    id: 'restoreCreditPack',
    summary: 'Sell an archived credit pack again',
    parameters: [packId],
    answers: [pack],
    problems: ['not_found'],
  },
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/organizations/{id}',
    id: 'getOrganizationBilling',
    summary: 'The money of one organization',
    description: 'Its plan, subscription, credit, disputes and last hundred invoices.',
    parameters: [pathId('id', 'The organization.')],
    answers: [{ status: 200, description: 'How it stands.', schema: OrganizationBilling }],
    problems: ['not_found'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/subscriptions',
    id: 'startContract',
    summary: 'Start a subscription by contract',
    description:
      'An invoice is sent for each period and no card is charged. `amount_minor` is for all seats together, before tax. The same request twice starts one.',
    request: {
      schema: StartContract,
      example: {
        organization_id: 'org_01kxyz0000',
        plan_id: 'enterprise',
        interval: 'year',
        currency: 'usd',
        amount_minor: 2_400_000,
        seats: 200,
        days_until_due: 30,
      },
    },
    answers: [{ status: 201, description: 'The subscription at Stripe.', schema: StartedContract }],
    problems: ['not_found', 'conflict', 'billing_disabled'],
  },
]
