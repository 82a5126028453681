// The in-memory ledger's notices: what has become true and was not told of before.
import type { Admission, BudgetAccount, BudgetState, LedgerEntry } from '../contracts/ledger.ts'
import type { Notice, NoticeType } from '../contracts/notices.ts'
import type { Clock } from '../lib/clock.ts'
import type { CreateId } from '../lib/ids.ts'
import type { createInMemoryBooks } from './in-memory-books.ts'
import type { createInMemoryLimits } from './in-memory-limits.ts'

interface NoticesOptions {
  clock: Clock
  ids: CreateId
  organizationId: string
  books: ReturnType<typeof createInMemoryBooks>
  limits: ReturnType<typeof createInMemoryLimits>
}

export function createInMemoryNotices({ clock, ids, organizationId, books, limits }: NoticesOptions) {
  const notices: Notice[] = []
  let told: { account: BudgetAccount | 'credit'; what: string; until: number | null }[] = []

  function tell(
    account: BudgetAccount | 'credit',
    what: string,
    until: number | null,
    notice: Pick<Notice, 'type' | 'data'>,
  ) {
    told = told.filter((each) => each.until === null || each.until > clock())
    if (told.some((each) => each.account === account && each.what === what)) return
    told.push({ account, what, until })
    notices.push({ id: ids('event'), organizationId, at: clock(), ...notice })
  }

  function tellOfBudget(state: BudgetState, type: NoticeType, percent?: number) {
    const { account, limitMicros, spentMicros, period, resetsAt } = state
    const about = { account, limit_micros: limitMicros, spent_micros: spentMicros, period, resets_at: resetsAt }
    const data = percent === undefined ? about : { ...about, percent }
    tell(account, `${type} ${percent}`, resetsAt, { type, data })
  }

  const tellOfCredit = () => {
    const data = { balance_micros: books.balance().balanceMicros }
    tell('credit', 'exhausted', null, { type: 'credit.exhausted', data })
  }

  return {
    all: () => structuredClone(notices),
    /** After an entry of a request. */
    afterCharge(entry: LedgerEntry) {
      if (entry.amountMicros >= 0) return
      for (const state of books.budgetStatesOf(entry))
        for (const percent of limits.limitsOf(state.account).alertPercents)
          if (state.spentMicros > 0 && state.spentMicros * 100 >= state.limitMicros * percent)
            tellOfBudget(state, 'budget.threshold_reached', percent)
      if (books.credit.spendable() <= 0) tellOfCredit()
    },
    afterRefusal(refusal: Extract<Admission, { ok: false }>) {
      if (refusal.code === 'insufficient_credits' && books.entries.length > 0) tellOfCredit()
      if (refusal.code !== 'budget_exceeded') return
      const budget = books.budgetOf(refusal.account)
      if (budget) tellOfBudget(books.budgetState(refusal.account, budget), 'budget.exceeded')
    },
    /** A budget that changes, and credit that comes, begin anew. */
    forget(account: BudgetAccount | 'credit') {
      told = told.filter((each) => each.account !== account)
    },
    clear() {
      told = []
      notices.length = 0
    },
  }
}
