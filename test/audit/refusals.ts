// Nobody may be refused for lack of what only finished requests held. A refusal for good (out of credit, budget spent)
// must be true of the charges alone; one for the moment (held) needs somebody who was running.
import type { Entry } from './books.ts'
import type { Outcome } from './drive.ts'
import type { Tenant } from './world.ts'

/** A request's charge lands this soon after its answer ends, and clocks are read on both sides of the network. */
const SLACK_MS = 5_000

export interface RefusalsInput {
  tenant: Tenant
  outcomes: Outcome[]
  /** Oldest first. */
  entries: Entry[]
  /** When the platform was killed: what ran then holds its credit until it expires. */
  killedAt: number[]
  holdsExpireAfterMs: number
}

const sum = (entries: Entry[]): number => entries.reduce((total, { amount_micros }) => total + amount_micros, 0)

function spentBy(account: string, entries: Entry[]): number {
  const charges = entries.filter(({ kind }) => kind === 'charge')
  const of = (name: string) => account.slice(name.length + 1)
  const mine = charges.filter((entry) => {
    if (account === 'organization') return true
    if (account.startsWith('key:')) return entry.key_id === of('key')
    if (account.startsWith('member:')) return entry.user_id === of('member')
    return entry.model === of('model')
  })
  return 0 - sum(mine)
}

/** What the account had left once everything that was charged by then is counted. */
function leftAt(at: number, account: string | null, { tenant, entries }: RefusalsInput): number {
  const before = entries.filter((entry) => entry.at <= at)
  const credit = sum(before)
  const limit = tenant.limits.find((each) => each.account === account)
  return limit ? limit.limitMicros - spentBy(limit.account, before) : credit
}

function checkForGood(outcome: Outcome, input: RefusalsInput): string | null {
  const account = typeof outcome.facts['budget'] === 'string' ? outcome.facts['budget'] : null
  const needed = Number(outcome.facts['needed_micros'])
  const left = leftAt(outcome.endedAt + SLACK_MS, account, input)
  return left < needed
    ? null
    : `${outcome.asked.tag} was told ${outcome.code} (needs ${needed}) while ${account ?? 'the credit'} had ${left} left`
}

function checkForNow(outcome: Outcome, { outcomes, killedAt, holdsExpireAfterMs }: RefusalsInput): string | null {
  const running = outcomes.some(
    (other) =>
      other !== outcome &&
      other.ended !== 'refused' &&
      other.startedAt <= outcome.endedAt &&
      other.endedAt + SLACK_MS >= outcome.startedAt,
  )
  const orphaned = killedAt.some((at) => outcome.endedAt >= at && outcome.startedAt <= at + holdsExpireAfterMs)
  return running || orphaned ? null : `${outcome.asked.tag} was told ${outcome.code} while nobody else was running`
}

export function checkRefusals(input: RefusalsInput): { refused: Record<string, number>; findings: string[] } {
  const refused: Record<string, number> = {}
  const findings: string[] = []
  for (const outcome of input.outcomes) {
    if (outcome.ended !== 'refused' || outcome.code === null) continue
    refused[outcome.code] = (refused[outcome.code] ?? 0) + 1
    if (outcome.code === 'insufficient_credits' || outcome.code === 'budget_exceeded')
      findings.push(checkForGood(outcome, input) ?? '')
    else if (outcome.code === 'credit_held' || outcome.code === 'budget_held')
      findings.push(checkForNow(outcome, input) ?? '')
  }
  return { refused, findings: findings.filter((finding) => finding !== '') }
}

/** Balance, budgets and book against the entries. */
export function checkSums({
  tenant,
  entries,
  balance,
  spent,
}: {
  tenant: Tenant
  entries: Entry[]
  balance: { balance_micros: number; held_micros: number }
  /** As the platform tells it, by account. */
  spent: Map<string, number>
}): string[] {
  const findings: string[] = []
  let running = 0
  for (const entry of entries) {
    running += entry.amount_micros
    if (running < 0) findings.push(`${tenant.name}: the balance was ${running} after ${entry.id}`)
  }
  if (running !== balance.balance_micros)
    findings.push(`${tenant.name}: the entries come to ${running}, the balance says ${balance.balance_micros}`)
  if (balance.held_micros !== 0) findings.push(`${tenant.name}: ${balance.held_micros} micros are still held`)
  for (const { account, limitMicros } of tenant.limits) {
    const counted = spentBy(account, entries)
    if (counted > limitMicros) findings.push(`${tenant.name}: ${account} spent ${counted} of ${limitMicros}`)
    if (spent.get(account) !== counted)
      findings.push(
        `${tenant.name}: ${account} spent ${counted} by its entries and ${spent.get(account)} by its budget`,
      )
  }
  return findings
}

export function checkBook(
  tenant: Tenant,
  entries: Entry[],
  book: { id: string; sequence: number; amount_micros: number; request_id: string | null; estimated: number }[],
): string[] {
  const findings: string[] = []
  if (book.length !== entries.length)
    findings.push(`${tenant.name}: the ledger has ${entries.length} entries, the book ${book.length}`)
  for (const [at, row] of book.entries()) {
    const entry = entries[at]
    const same =
      entry?.id === row.id &&
      entry.amount_micros === row.amount_micros &&
      entry.request_id === row.request_id &&
      entry.estimated === (row.estimated === 1) &&
      row.sequence === at + 1
    if (!same) findings.push(`${tenant.name}: row ${row.sequence} of the book (${row.id}) is not the ledger’s`)
  }
  return findings
}
