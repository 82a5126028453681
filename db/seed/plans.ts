// The first plans of a fresh platform. An operator changes them as they like; nothing here overwrites that.
// Their features are what the page of plans does not read from the terms by itself.
// Amounts are in a currency's smallest unit (a Kuwaiti dinar has a thousand), credit in millionths of a US dollar.

const monthAndYear = (month: Record<string, number>, year: Record<string, number>) => [
  ...Object.entries(month).map(([currency, amount_minor]) => ({ interval: 'month' as const, currency, amount_minor })),
  ...Object.entries(year).map(([currency, amount_minor]) => ({ interval: 'year' as const, currency, amount_minor })),
]

const api = { en: 'API keys with budgets of their own', ar: 'مفاتيح API لكل منها ميزانيته' }
const invoices = { en: 'Invoices with your VAT number', ar: 'فواتير برقمك الضريبي' }

const free = {
  kind: 'free' as const,
  name: { en: 'Free', ar: 'المجانية' },
  description: {
    en: 'To get to know the platform. Pay only for credit you buy.',
    ar: 'للتعرّف على المنصة، ولا تدفع إلا ثمن الرصيد الذي تشتريه.',
  },
  features: [api, { en: 'Credit packs whenever you need them', ar: 'باقات رصيد متى احتجت إليها' }],
  prices: [],
  included_credit_micros: { month: 0, year: 0 },
  carry_over: 'none' as const,
  trial: null,
  seats: { minimum: 1, maximum: null },
  requests_per_minute: null,
  tokens_per_minute: null,
  parallel_requests: null,
  models: null,
  storage_bytes: 1_000_000_000,
  overage: { policy: 'stop' as const, cap_micros: 0 },
}

const pro = {
  kind: 'flat' as const,
  name: { en: 'Pro', ar: 'الاحترافية' },
  description: {
    en: 'For people who work with it every day.',
    ar: 'لمن يعمل على المنصة كل يوم.',
  },
  features: [api, invoices],
  prices: monthAndYear(
    { usd: 2_000, eur: 1_900, gbp: 1_700, sar: 7_500, aed: 7_400, kwd: 6_150 },
    { usd: 20_000, eur: 19_000, gbp: 17_000, sar: 75_000, aed: 74_000, kwd: 61_500 },
  ),
  included_credit_micros: { month: 15_000_000, year: 180_000_000 },
  carry_over: 'one_period' as const,
  trial: { days: 14, credit_micros: 3_000_000, needs_payment_method: true },
  seats: { minimum: 1, maximum: 3 },
  requests_per_minute: 600,
  tokens_per_minute: 2_000_000,
  parallel_requests: 50,
  models: null,
  storage_bytes: 20_000_000_000,
  overage: { policy: 'metered' as const, cap_micros: 100_000_000 },
}

const team = {
  kind: 'per_seat' as const,
  name: { en: 'Team', ar: 'الفِرق' },
  description: {
    en: 'One bill, shared credit, and a say in who spends what.',
    ar: 'فاتورة واحدة ورصيد مشترك، وتحكّم في إنفاق كل عضو.',
  },
  features: [
    { en: 'Budgets for members, keys and models', ar: 'ميزانيات للأعضاء والمفاتيح والنماذج' },
    { en: 'Policies, audit log and webhooks', ar: 'سياسات استخدام وسجل تدقيق وإشعارات Webhooks' },
    invoices,
  ],
  prices: monthAndYear(
    { usd: 3_000, eur: 2_900, gbp: 2_500, sar: 11_200, aed: 11_000, kwd: 9_250 },
    { usd: 30_000, eur: 29_000, gbp: 25_000, sar: 112_000, aed: 110_000, kwd: 92_500 },
  ),
  included_credit_micros: { month: 25_000_000, year: 300_000_000 },
  carry_over: 'one_period' as const,
  trial: null,
  seats: { minimum: 2, maximum: 250 },
  requests_per_minute: 3_000,
  tokens_per_minute: 10_000_000,
  parallel_requests: 200,
  models: null,
  storage_bytes: 500_000_000_000,
  overage: { policy: 'metered' as const, cap_micros: 100_000_000 },
}

const enterprise = {
  kind: 'contract' as const,
  name: { en: 'Enterprise', ar: 'المؤسسات' },
  description: {
    en: 'By contract: your prices, your terms, paid by invoice.',
    ar: 'بعقد خاص: أسعارك وشروطك، والدفع بموجب فاتورة.',
  },
  features: [
    { en: 'Limits as agreed', ar: 'حدود استخدام بحسب الاتفاق' },
    { en: 'Payment by bank transfer', ar: 'الدفع بحوالة بنكية' },
  ],
  prices: [],
  included_credit_micros: { month: 1_000_000_000, year: 12_000_000_000 },
  carry_over: 'unlimited' as const,
  trial: null,
  seats: { minimum: 1, maximum: null },
  requests_per_minute: null,
  tokens_per_minute: null,
  parallel_requests: null,
  models: null,
  storage_bytes: null,
  overage: { policy: 'metered' as const, cap_micros: 1_000_000_000 },
}

/** In the order in which they are shown. */
export const seedPlans = [
  { id: 'free', body: free },
  { id: 'pro', body: pro },
  { id: 'team', body: team },
  { id: 'enterprise', body: enterprise },
]
