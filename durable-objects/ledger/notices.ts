// What an organization is told as it happens: that a share of a budget is spent, that a budget stopped a call,
// that credit ran out. Each once in a period; a budget that changes and credit that comes begin anew.
import type { Admission, BudgetAccount, BudgetState } from '#shared/contracts/ledger'
import type { BudgetNoticeData, NoticeType } from '#shared/contracts/notices'
import { periodStart } from '#shared/lib/calendar-period'
import { spendable } from './balance.ts'
import { budgetOf, budgetState } from './budgets.ts'
import { limitsOf } from './limits.ts'
import { budgetMark, creditMark } from './marks.ts'
import type { Change, LedgerState } from './state.ts'

export interface News {
  type: NoticeType
  data: Record<string, unknown>
  mark: string
  since: number
}

const isNews = (state: LedgerState, { mark, since }: News): boolean => state.told.get(mark) !== since

function budgetNews(budget: BudgetState, now: number, what: number | 'exceeded'): News {
  const { account, limitMicros, spentMicros, period, resetsAt } = budget
  const about = { account, limit_micros: limitMicros, spent_micros: spentMicros, period, resets_at: resetsAt }
  const data: BudgetNoticeData = what === 'exceeded' ? about : { ...about, percent: what }
  return {
    type: what === 'exceeded' ? 'budget.exceeded' : 'budget.threshold_reached',
    data: { ...data },
    mark: budgetMark(account, what),
    since: periodStart(period, now),
  }
}

const creditNews = ({ balanceMicros }: LedgerState): News => ({
  type: 'credit.exhausted',
  data: { balance_micros: balanceMicros },
  mark: creditMark,
  since: 0,
})

/** The least amount that is this share of the whole; in integers, however large. */
const shareOf = (whole: number, percent: number): number =>
  Math.floor(whole / 100) * percent + Math.ceil(((whole % 100) * percent) / 100)

/** After something was charged to these accounts. */
export function newsOfSpending(state: LedgerState, accounts: BudgetAccount[], now: number): News[] {
  const news: News[] = []
  for (const account of accounts) {
    const budget = budgetOf(state, account)
    if (!budget) continue
    const present = budgetState(state, account, budget, now)
    for (const percent of limitsOf(state, account).alertPercents)
      if (present.spentMicros > 0 && present.spentMicros >= shareOf(budget.limitMicros, percent))
        news.push(budgetNews(present, now, percent))
  }
  if (spendable(state) <= 0) news.push(creditNews(state))
  return news.filter((each) => isNews(state, each))
}

/** After a refusal. An organization that never had anything has not lost it. */
export function newsOfRefusal(state: LedgerState, refusal: Admission, now: number): News[] {
  if (refusal.ok) return []
  if (refusal.code === 'insufficient_credits' && state.sequence > 0)
    return [creditNews(state)].filter((each) => isNews(state, each))
  if (refusal.code !== 'budget_exceeded') return []
  const budget = budgetOf(state, refusal.account)
  if (!budget) return []
  return [budgetNews(budgetState(state, refusal.account, budget, now), now, 'exceeded')].filter((each) =>
    isNews(state, each),
  )
}

export const noticeChange = (
  { type, data, mark, since }: News,
  { id, organizationId, at }: { id: string; organizationId: string; at: number },
): Change => ({ type: 'notice-due', notice: { id, organizationId, type, at, data }, mark, since })
