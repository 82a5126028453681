const codes = new Set(['insufficient_credits', 'budget_exceeded', 'payment_overdue'])

/** Refusals that more money, or a cheaper model, would lift. */
export const isAboutMoney = (code: string): boolean => codes.has(code)
