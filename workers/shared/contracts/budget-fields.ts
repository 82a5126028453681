// A budget's two fields, as every account spells them on the wire.
import { z } from 'zod'

export const BudgetPeriod = z.enum(['day', 'week', 'month', 'forever'])
/** Nobody budgets a billion dollars, and sums of these must stay exact. */
export const BudgetMicros = z.number().int().min(0).max(1_000_000_000_000_000)
