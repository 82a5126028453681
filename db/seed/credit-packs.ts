// The first credit packs of a fresh platform. The smallest one's price also says what a unit of credit costs in a
// currency, for use beyond credit.

const YEAR_DAYS = 365

const prices = (amounts: Record<string, number>) =>
  Object.entries(amounts).map(([currency, amount_minor]) => ({ currency, amount_minor }))

/** In the order in which they are shown. */
export const seedPacks = [
  {
    id: 'credit-10',
    body: {
      name: { en: 'USD 10 of credit', ar: 'رصيد بقيمة 10 دولارات' },
      credit_micros: 10_000_000,
      prices: prices({ usd: 1_000, eur: 950, gbp: 820, sar: 3_750, aed: 3_700, kwd: 3_080 }),
      expires_after_days: YEAR_DAYS,
    },
  },
  {
    id: 'credit-50',
    body: {
      name: { en: 'USD 52 of credit', ar: 'رصيد بقيمة 52 دولارًا' },
      credit_micros: 52_000_000,
      prices: prices({ usd: 5_000, eur: 4_750, gbp: 4_100, sar: 18_750, aed: 18_400, kwd: 15_400 }),
      expires_after_days: YEAR_DAYS,
    },
  },
  {
    id: 'credit-200',
    body: {
      name: { en: 'USD 215 of credit', ar: 'رصيد بقيمة 215 دولارًا' },
      credit_micros: 215_000_000,
      prices: prices({ usd: 20_000, eur: 19_000, gbp: 16_400, sar: 75_000, aed: 73_500, kwd: 61_500 }),
      expires_after_days: YEAR_DAYS,
    },
  },
]
